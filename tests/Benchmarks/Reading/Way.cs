using System.Xml;
using System.Xml.Serialization;
using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Benchmarks.Reading.Typed;

namespace HybridCalendar.Benchmarks.Reading;

/// <summary>A way to read a page.</summary>
/// <param name="Read">Reads it; gives how many items, or what else, it came to.</param>
internal sealed record Way(string Name, Func<Page, Stream, int> Read)
{
    private static readonly XmlSerializer Serializer = new(typeof(Envelope));

    /// <summary>The floor first.</summary>
    public static readonly IReadOnlyList<Way> All =
    [
        new("XmlReader", static (_, stream) => Pass(stream)),
        new("client", Own),
        new("XmlSerializer", static (page, stream) => Typed(page, stream)),
    ];

    private static int Pass(Stream stream)
    {
        using var reader = XmlReader.Create(stream);
        var elements = 0;
        while (reader.Read())
        {
            elements += reader.NodeType == XmlNodeType.Element ? 1 : 0;
        }

        return elements;
    }

    private static int Own(Page page, Stream stream) => page.Operation switch
    {
        "GetItem" => Answer(GetItem.Read(stream)).Count(message => message.Payload is not null),
        "FindItem" => Answer(FindItem.Read(stream)).Items.Count,
        _ => Answer(SyncFolderItems.Read(stream)).Changed.Count,
    };

    private static T Answer<T>(Parsed<T> parsed) => ((Parsed<T>.Answer)parsed).Value;

    private static int Typed(Page page, Stream stream)
    {
        using var reader = XmlReader.Create(stream);
        var body = ((Envelope)Serializer.Deserialize(reader)!).Body!;
        return page.Operation switch
        {
            "GetItem" => body.GetItemResponse!.ResponseMessages.Sum(message => message.Items.Count),
            "FindItem" => body.FindItemResponse!.ResponseMessages[0].RootFolder!.Items.Count,
            _ => body.SyncFolderItemsResponse!.ResponseMessages[0].Changes.Count,
        };
    }
}
