using System.Text;
using System.Xml.Linq;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Contract.Exchange;

/// <summary>Writes a reply anew, in another way that means the same.</summary>
/// <remarks>
/// Children in another order, those of the same name among each other as before, because that may mean
/// something. Other prefixes, or none. What nobody knows yet in between: elements, also ones that are called
/// as known ones in a namespace of their own or hold known ones, attributes, comments, instructions, space.
/// </remarks>
internal sealed class Variation(int seed)
{
    private static readonly XNamespace Later = "urn:later";
    private static readonly XNamespace T = Namespaces.Types;

    private static readonly string[] Known =
    [
        "ItemId", "Subject", "ResponseCode", "Start", "SyncState", "CalendarItem", "Transition",
        "SubscriptionId",
    ];

    private readonly Random random = new(seed);

    internal byte[] Of(XDocument reply)
    {
        var root = Varied(reply.Root!);
        var hasDefault = false;
        string[] names = [.. root.DescendantsAndSelf().Select(e => e.Name.NamespaceName).Distinct()];
        foreach (var name in names.Where(name => name.Length > 0 && (name == names[0] || Chance(80))))
        {
            // A default for all would be one for those without a namespace too.
            hasDefault |= names.Contains("");
            root.Add(!hasDefault && Chance(30)
                ? new XAttribute("xmlns", name)
                : new XAttribute(XNamespace.Xmlns + $"x{Array.IndexOf(names, name)}", name));
            hasDefault |= root.Attribute("xmlns") is not null;
        }

        var text = root.ToString(Chance(50) ? SaveOptions.None : SaveOptions.DisableFormatting);
        var declaration = Chance(50) ? "<?xml version=\"1.0\" encoding=\"utf-8\"?>" : "";
        byte[] mark = Chance(20) ? Encoding.UTF8.GetPreamble() : [];
        return [.. mark, .. Encoding.UTF8.GetBytes(declaration + text)];
    }

    private XElement Varied(XElement element)
    {
        var attributes = element.Attributes().Where(a => !a.IsNamespaceDeclaration).ToList<object>();
        if (Chance(10))
        {
            attributes.Add(new XAttribute(Later + "Id", "later"));
            attributes.Add(new XAttribute("Later", "later"));
        }

        return new XElement(
            element.Name,
            attributes,
            element.HasElements ? Shuffled(element).SelectMany(Between) : element.Nodes().SelectMany(Split));
    }

    private IEnumerable<XElement> Shuffled(XElement parent)
    {
        var queues = parent.Elements().GroupBy(child => child.Name)
            .ToDictionary(same => same.Key, same => new Queue<XElement>(same));
        var names = parent.Elements().Select(child => child.Name).ToArray();
        if (parent.Name.LocalName != "Items")
        {
            // Items of several kinds are one list, in the order of what was asked for.
            random.Shuffle(names);
        }

        return names.Select(name => Varied(queues[name].Dequeue()));
    }

    private IEnumerable<object> Between(XElement child) =>
        Chance(12) ? [Extra(), child] : Chance(5) ? [child, Extra()] : [child];

    private object Extra() => random.Next(5) switch
    {
        0 => new XElement(Later + Known[random.Next(Known.Length)], new XAttribute("Id", "later"), "later"),
        1 => new XElement(T + "LaterProperty", new XElement(T + Known[random.Next(Known.Length)], "later")),
        2 => new XComment("<t:Subject>later</t:Subject>"),
        3 => new XProcessingInstruction("later", "Start=\"now\""),
        _ => new XText("\n\t "),
    };

    private IEnumerable<object> Split(XNode node)
    {
        if (node is not XText { Value: { Length: > 0 } text } || Chance(70))
        {
            return [node];
        }

        var at = random.Next(text.Length);
        at -= at > 0 && char.IsLowSurrogate(text[at]) ? 1 : 0;
        return
        [
            new XText(text[..at]),
            Chance(50) ? new XComment("later") : new XProcessingInstruction("later", "now"),
            text.Contains("]]>", StringComparison.Ordinal) ? new XText(text[at..]) : new XCData(text[at..]),
        ];
    }

    private bool Chance(int percent) => random.Next(100) < percent;
}
