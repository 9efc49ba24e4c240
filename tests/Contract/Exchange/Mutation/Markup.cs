namespace HybridCalendar.Contract.Exchange.Mutation;

/// <summary>An element or an attribute's value, by where its bytes begin and end.</summary>
/// <param name="From">The first byte of all of it.</param>
/// <param name="Inner">The first byte of what is in it.</param>
/// <param name="InnerEnd">Behind the last byte of what is in it.</param>
/// <param name="To">Behind the last byte of all of it.</param>
internal readonly record struct Span(int From, int Inner, int InnerEnd, int To);

/// <summary>Finds elements and attributes, also in what is not well-formed any more.</summary>
internal static class Markup
{
    internal static List<Span> Elements(ReadOnlySpan<byte> xml)
    {
        var found = new List<Span>();
        var open = new Stack<(int From, int Inner)>();
        var at = 0;
        while (Next(xml, ref at, "<"u8))
        {
            var from = at;
            if (!Next(xml, ref at, ">"u8))
            {
                break;
            }

            at++;
            if (xml[from + 1] == '/')
            {
                if (open.TryPop(out var begun))
                {
                    found.Add(new Span(begun.From, begun.Inner, from, at));
                }
            }
            else if (xml[at - 2] == '/')
            {
                found.Add(new Span(from, at, at, at));
            }
            else if (xml[from + 1] is not ((byte)'?' or (byte)'!'))
            {
                open.Push((from, at));
            }
        }

        return found;
    }

    internal static List<Span> Attributes(ReadOnlySpan<byte> xml)
    {
        var found = new List<Span>();
        var at = 0;
        while (Next(xml, ref at, "=\""u8))
        {
            var from = at + 2;
            at = from;
            if (Next(xml, ref at, "\""u8))
            {
                found.Add(new Span(from - 2, from, at, at + 1));
                at++;
            }
        }

        return found;
    }

    private static bool Next(ReadOnlySpan<byte> xml, ref int at, ReadOnlySpan<byte> mark)
    {
        var found = at < xml.Length ? xml[at..].IndexOf(mark) : -1;
        at += Math.Max(found, 0);
        return found >= 0;
    }
}
