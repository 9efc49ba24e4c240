using System.Text.RegularExpressions;
using System.Xml;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Contract.Exchange.Mutation;

/// <summary>What came of reading a reply, as far as it can be held against the reader.</summary>
internal sealed partial class Evidence
{
    /// <summary>What is wrong, in one line; null while nothing is. The first complaint stays.</summary>
    internal string? Complaint { get; private set; }

    /// <summary>The code of the failure, or of the first failed message; NoError for an answer.</summary>
    internal string Code { get; private set; } = Verdict.NoError;

    internal void Complain(string what) => Complaint ??= what;

    /// <summary>Codes are logged and counted: they are names, and not long.</summary>
    internal void Failed(Verdict verdict)
    {
        Code = verdict.Code;
        Named(verdict.Code);
        Named(verdict.InnerCode ?? Verdict.NoError);
        if (verdict.BackOff is { } wait && (wait < TimeSpan.Zero || wait > TimeSpan.FromDays(1)))
        {
            Complain($"a back-off of {wait}");
        }
    }

    /// <summary>A word of the adapter's, or a code of the server's.</summary>
    internal void Named(string word)
    {
        if (!Name().IsMatch(word))
        {
            Complain("a code that is no name");
        }
    }

    /// <summary>Text that is kept in the clear or sent back: XML, and the database, must take it.</summary>
    internal void Kept(string? text)
    {
        try
        {
            XmlConvert.VerifyXmlChars(text ?? "");
        }
        catch (XmlException)
        {
            Complain("an id, key or cursor with characters that XML does not allow");
        }
    }

    /// <summary>Why an item is unreadable is stored: an element, and words of the adapter's.</summary>
    internal void Problem(string sentence)
    {
        if (!Sentence().IsMatch(sentence))
        {
            Complain("a problem that may quote the reply");
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.-]{1,100}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"^[A-Za-z ]{3,30}: [A-Za-z0-9 ,.]{1,100}\z")]
    private static partial Regex Sentence();
}
