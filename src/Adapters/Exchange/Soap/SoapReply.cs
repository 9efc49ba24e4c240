using System.Globalization;
using System.Xml;

namespace HybridCalendar.Adapters.Exchange.Soap;

/// <summary>
/// Reads one part of a response message: given what was read so far, what is known after this element.
/// </summary>
internal delegate T ReadPart<T>(XmlCursor xml, T soFar);

/// <summary>Reads replies. Whatever the bytes are, the outcome is a value, never an exception.</summary>
internal static class SoapReply
{
    private const string ResponseClass = "ResponseClass";

    /// <summary>Reads the response messages of a reply, in the order of what was asked for.</summary>
    /// <param name="response">Local name of the element in the body, e.g. GetItemResponse.</param>
    /// <param name="empty">The payload of a message that has none.</param>
    internal static Parsed<IReadOnlyList<ResponseMessage<T>>> Messages<T>(
        Stream reply, string response, T empty, ReadPart<T> part) =>
        Read<IReadOnlyList<ResponseMessage<T>>>(reply, response, xml =>
        {
            var messages = new List<ResponseMessage<T>>();
            var inResponse = xml.Enter();
            while (xml.Next(inResponse))
            {
                if (xml.Name != "ResponseMessages")
                {
                    continue;
                }

                var inMessages = xml.Enter();
                while (xml.Next(inMessages))
                {
                    if (xml.Name.EndsWith("ResponseMessage", StringComparison.Ordinal))
                    {
                        messages.Add(Message(xml, empty, part));
                    }
                }
            }

            return messages;
        });

    /// <summary>The same for a reply with one message, which must have succeeded.</summary>
    internal static Parsed<T> Single<T>(Stream reply, string response, T empty, ReadPart<T> part) =>
        Messages(reply, response, empty, part).Then<T>(messages => messages switch
        {
            [{ IsSuccess: true } only] => new Parsed<T>.Answer(only.Payload),
            [var only] => new Parsed<T>.Failed(only.Verdict),
            _ => Malformed<T>($"{messages.Count} response messages where one was expected"),
        });

    /// <summary>Reads a reply of which only a fault is of interest: without one it is malformed.</summary>
    internal static Parsed<T> FaultOnly<T>(Stream reply) =>
        Read(reply, "", static _ => false).Then<T>(static _ => Malformed<T>("no fault in it"));

    internal static Parsed<T> Malformed<T>(string what) => new Parsed<T>.Failed(Verdict.Malformed(what));

    /// <summary>Finds the answer in a reply, or the fault; everything else is malformed.</summary>
    internal static Parsed<T> Read<T>(Stream reply, string response, Func<XmlCursor, T> answer)
    {
        try
        {
            using var xml = XmlCursor.Over(reply);
            return InDocument(xml, response, answer);
        }
        catch (XmlException wrong)
        {
            // Its message may quote the reply.
            return Malformed<T>($"not well-formed at line {wrong.LineNumber}, position {wrong.LinePosition}");
        }
    }

    /// <summary>
    /// Reads a response message, be it one of several or the only one; the cursor stands on it.
    /// </summary>
    internal static ResponseMessage<T> Message<T>(XmlCursor xml, T empty, ReadPart<T> part)
    {
        var succeeded = xml.Attribute(ResponseClass) != "Error";
        var verdict = new Verdict("", "");
        var payload = empty;
        var inMessage = xml.Enter();
        while (xml.Next(inMessage))
        {
            switch (xml.Name)
            {
                case "ResponseCode": verdict = verdict with { Code = Code(xml) }; break;
                case "MessageText": verdict = verdict with { Message = xml.Text() }; break;
                case "MessageXml": verdict = Values(xml, verdict); break;
                case "": break;
                default: payload = part(xml, payload); break;
            }
        }

        if (verdict.Code.Length == 0 || (!succeeded && verdict.Code == Verdict.NoError))
        {
            verdict = verdict with { Code = succeeded ? Verdict.NoError : "no-code" };
        }

        return new ResponseMessage<T>(verdict, succeeded && verdict.Code == Verdict.NoError, payload);
    }

    private static Parsed<T> InDocument<T>(XmlCursor xml, string response, Func<XmlCursor, T> answer)
    {
        Parsed<T>? found = null;
        var inDocument = xml.Enter();
        while (xml.Next(inDocument))
        {
            var inEnvelope = xml.Enter();
            var isEnvelope = xml.SoapName == "Envelope";
            while (xml.Next(inEnvelope))
            {
                if (!isEnvelope || xml.SoapName != "Body")
                {
                    continue;
                }

                var inBody = xml.Enter();
                while (xml.Next(inBody))
                {
                    found ??= xml.Name == response && response.Length > 0 ? new Parsed<T>.Answer(answer(xml))
                        : xml.SoapName == "Fault" ? new Parsed<T>.Failed(Fault(xml))
                        : null;
                }
            }
        }

        return found ?? Malformed<T>($"no {response} in it");
    }

    // Exchange's own detail has the code; faults of other layers have none, or only a number
    // (GetUserOofSettings).
    private static Verdict Fault(XmlCursor xml)
    {
        var verdict = new Verdict("", "");
        var (faultCode, faultText) = ("", "");
        var inFault = xml.Enter();
        while (xml.Next(inFault))
        {
            switch (xml.SoapName)
            {
                case "faultcode": faultCode = Code(xml); break;
                case "faultstring": faultText = xml.Text(); break;
                case "detail": verdict = Detail(xml, verdict); break;
            }
        }

        verdict = verdict.Message.Length > 0 ? verdict : verdict with { Message = faultText };
        return verdict.Code.Length > 0 ? verdict
            : verdict with { Code = faultCode.StartsWith("Error", StringComparison.Ordinal) ? faultCode
            : "soap-fault" };
    }

    private static Verdict Detail(XmlCursor xml, Verdict verdict)
    {
        var inDetail = xml.Enter();
        while (xml.Next(inDetail))
        {
            switch (xml.Name)
            {
                case "ResponseCode": verdict = verdict with { Code = Code(xml) }; break;
                case "Message": verdict = verdict with { Message = xml.Text() }; break;
                case "MessageXml": verdict = Values(xml, verdict); break;
            }
        }

        return verdict;
    }

    private static Verdict Values(XmlCursor xml, Verdict verdict)
    {
        var inValues = xml.Enter();
        while (xml.Next(inValues))
        {
            switch (xml.Attribute("Name"))
            {
                case "BackOffMilliseconds": verdict = verdict with { BackOff = BackOff(xml.Token()) }; break;
                case "InnerErrorResponseCode": verdict = verdict with { InnerCode = Code(xml) }; break;
            }
        }

        return verdict;
    }

    // Not longer than a day: the settings say how much of it is believed.
    private static TimeSpan? BackOff(string milliseconds) =>
        double.TryParse(milliseconds, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value >= 0
            ? TimeSpan.FromMilliseconds(Math.Min(value, TimeSpan.MillisecondsPerDay))
            : null;

    // Codes are logged and counted: nothing but a name may pass for one. A prefix, as in a faultcode, is
    // dropped.
    internal static string Code(XmlCursor xml)
    {
        var code = xml.Token();
        code = code[(code.LastIndexOf(':') + 1)..];
        return code.Length is > 0 and <= Bounds.CodeChars && code.All(IsOfAName) ? code : "unreadable-code";
    }

    private static bool IsOfAName(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-';
}
