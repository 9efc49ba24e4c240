namespace HybridCalendar.ExchangeLab.Seeding;

/// <summary>What meetings are called.</summary>
internal static class Subjects
{
    public static readonly string[] Single =
    [
        "Budget review", "Interview: service engineer", "Design walk-through", "Customer call: Harbour Ltd",
        "Incident follow-up", "Contract questions", "Onboarding", "Lab tour", "Release planning",
        "Quarterly numbers", "Café & cake for Olga", "Vertragsprüfung", "設計レビュー", "Security <briefing>",
        "Travel plans", "Mentoring", "Roadmap: next half", "Supplier visit", "Demo dry run", "Retrospective",
    ];

    public static readonly string[] Series =
    [
        "Daily stand-up", "Weekly team meeting", "Monthly report", "All-hands", "Inventory day",
        "Annual audit",
        "Operations sync", "Office hours", "Change board", "Reading group",
    ];

    public static readonly string[] Private = ["Dentist", "School meeting", "Physiotherapy", "Bank"];

    public static readonly string[] AllDay =
        ["Holiday", "Trade fair", "Training", "Moving house", "Company day"];
}
