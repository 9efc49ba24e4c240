using System.Globalization;
using System.Xml.Linq;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>The filter of a listing: which items a client wants to see.</summary>
internal static class Restriction
{
    /// <summary>How deep expressions may be nested.</summary>
    private const int DepthMax = 20;

    /// <summary>The filter of a Restriction element; everything for null.</summary>
    public static Func<ItemView, bool> Read(XElement? restriction, EwsCall call) => restriction is null
        ? _ => true
        : ReadExpression(restriction.Elements().FirstOrDefault() ?? throw EwsFault.SchemaViolation(
            "The element 'Restriction' has incomplete content."), call, DepthMax);

    private static Func<ItemView, bool> ReadExpression(XElement expression, EwsCall call, int depth)
    {
        if (depth == 0)
        {
            throw new EwsError("ErrorRestrictionTooComplex", "The restriction is too complex.");
        }

        switch (expression.Name.LocalName)
        {
            case "And":
                var all = Parts(expression, call, depth);
                return item => all.TrueForAll(part => part(item));
            case "Or":
                var any = Parts(expression, call, depth);
                return item => any.Exists(part => part(item));
            case "Not":
                var inner = Parts(expression, call, depth);
                return item => !inner.TrueForAll(part => part(item));
            case "Exists":
                var (exists, _) = PropertyPath.Read(expression, call);
                return item => ItemValue.Of(exists, item, call) is not null;
            case "Contains":
                return ReadContains(expression, call);
            default:
                return ReadComparison(expression, call);
        }
    }

    private static List<Func<ItemView, bool>> Parts(XElement expression, EwsCall call, int depth) =>
        [.. expression.Elements().Select(part => ReadExpression(part, call, depth - 1))];

    private static Func<ItemView, bool> ReadContains(XElement expression, EwsCall call)
    {
        var (path, constant) = PropertyPath.Read(expression, call);
        var text = constant?.Attr("Value") ?? "";
        var isCaseIgnored = expression.Attr("ContainmentComparison") is not (null or "Exact");
        var comparison = isCaseIgnored ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var mode = expression.Attr("ContainmentMode") ?? "FullString";
        return item => ItemValue.Of(path, item, call) is { } value && mode switch
        {
            "FullString" => value.Equals(text, comparison),
            "Prefixed" => value.StartsWith(text, comparison),
            _ => value.Contains(text, comparison),
        };
    }

    private static Func<ItemView, bool> ReadComparison(XElement expression, EwsCall call)
    {
        Func<int, bool> isMet = expression.Name.LocalName switch
        {
            "IsEqualTo" => order => order == 0,
            "IsNotEqualTo" => order => order != 0,
            "IsGreaterThan" => order => order > 0,
            "IsGreaterThanOrEqualTo" => order => order >= 0,
            "IsLessThan" => order => order < 0,
            "IsLessThanOrEqualTo" => order => order <= 0,
            _ => throw new EwsError("ErrorUnsupportedQueryFilter", "The query filter is not supported."),
        };
        var (path, other) = PropertyPath.Read(expression, call);
        var right = other?.Elements().FirstOrDefault() ?? throw EwsFault.SchemaViolation(
            $"The element '{expression.Name.LocalName}' has incomplete content.");
        Func<ItemView, string?> value = right.Name.LocalName == "Constant"
            ? _ => right.NeedAttr("Value")
            : item => ItemValue.Of(PropertyPath.Read(other, call).Path, item, call);

        // What an item does not have is not equal to anything, and neither before nor after it.
        return item => (ItemValue.Of(path, item, call), value(item)) is ({ } left, { } wanted)
            ? isMet(Compare(left, wanted))
            : expression.Name.LocalName == "IsNotEqualTo";
    }

    private static int Compare(string left, string right)
    {
        if (XmlReading.TryTime(left, DateTimeZone.Utc) is { } time
            && XmlReading.TryTime(right, DateTimeZone.Utc) is { } otherTime)
        {
            return time.CompareTo(otherTime);
        }

        return decimal.TryParse(left, CultureInfo.InvariantCulture, out var number)
            && decimal.TryParse(right, CultureInfo.InvariantCulture, out var otherNumber)
            ? number.CompareTo(otherNumber)
            : string.Compare(left, right, StringComparison.OrdinalIgnoreCase);
    }
}
