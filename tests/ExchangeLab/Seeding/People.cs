namespace HybridCalendar.ExchangeLab.Seeding;

/// <summary>Who works at lab.example, where, and in which rooms they meet.</summary>
internal static class People
{
    public const string Domain = "lab.example";
    public const string Berlin = "W. Europe Standard Time";
    public const string London = "GMT Standard Time";
    public const string Boston = "Eastern Standard Time";
    public const string Seattle = "Pacific Standard Time";
    public const string Pune = "India Standard Time";
    public const string Osaka = "Tokyo Standard Time";

    public static readonly (string Name, string TimeZone)[] Users =
    [
        ("Anna Brandt", Berlin), ("Ben Okafor", London), ("Carla Ruiz", Berlin), ("Dmitri Petrov", Berlin),
        ("Elena Rossi", Berlin), ("Farid Haddad", London), ("Grace Lin", Seattle), ("Henrik Olsen", Berlin),
        ("Ines Duarte", London), ("Jonas Weber", Berlin), ("Keiko Tanaka", Osaka), ("Liam Murphy", London),
        ("Maya Patel", Pune), ("Noah Fischer", Berlin), ("Olga Nowak", Berlin), ("Priya Sharma", Pune),
        ("Quentin Moreau", Berlin), ("Rosa Keller", Boston), ("Samir Aziz", Boston), ("Tessa Vos", Berlin),
        ("Uma Krishnan", Pune), ("Victor Hahn", Boston), ("Wendy Clarke", Seattle), ("Yuki Sato", Osaka),
        ("Zoe Martin", Boston),
    ];

    public static readonly (string Name, string TimeZone)[] Rooms =
    [
        ("Room Alster", Berlin), ("Room Elbe", Berlin), ("Room Thames", London), ("Room Charles", Boston),
        ("Room Yodo", Osaka),
    ];

    public static string AddressOf(string name) =>
        $"{name.ToLowerInvariant().Replace(' ', '.')}@{Domain}";
}
