using System.Text;
using HybridCalendar.Projections;
using Marten;

namespace HybridCalendar.Specs.Stored;

/// <summary>The store's own serializer, made as the service makes it; no database is asked.</summary>
internal static class StoreSerializer
{
    private static readonly ISerializer Serializer = Create();

    public static string Write(object value) => Serializer.ToJson(value);

    public static object Read(Type type, string json) =>
        Serializer.FromJson(type, new MemoryStream(Encoding.UTF8.GetBytes(json)));

    private static ISerializer Create()
    {
        var options = new StoreOptions();
        options.AddCalendar();
        return options.Serializer();
    }
}
