namespace HybridCalendar.ExchangeLab.Seeding;

/// <summary>The texts of an invitation, and the first way to join that they hold.</summary>
internal sealed record Invitation(string Location, string Body, bool BodyIsHtml, string? Join);
