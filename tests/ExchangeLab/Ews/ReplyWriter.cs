using System.Globalization;
using System.Text;
using System.Xml;
using HybridCalendar.ExchangeLab.Style;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>One SOAP envelope being written.</summary>
internal sealed class ReplyWriter : IDisposable
{
    private static readonly XmlWriterSettings WithDeclaration = Settings(hasDeclaration: true);
    private static readonly XmlWriterSettings WithoutDeclaration = Settings(hasDeclaration: false);
    private readonly MemoryStream _bytes = new();
    private readonly ReplyStyle _style;
    private string _operation = "";

    /// <param name="style">Whom the reply is from, and how it is written.</param>
    /// <param name="isStreamed">
    /// Streamed envelopes have neither prefix nor XML declaration, unless the style wants them.
    /// </param>
    public ReplyWriter(ReplyStyle style, bool isStreamed = false)
    {
        _style = style;
        var hasDeclaration = isStreamed ? style.Settings.StreamDeclaration : style.Settings.Declaration;
        Xml = style.Prefixed(XmlWriter.Create(_bytes, hasDeclaration ? WithDeclaration : WithoutDeclaration));
        var prefix = isStreamed && !style.Settings.StreamPrefix ? "" : "s";
        Xml.WriteStartElement(prefix, "Envelope", EwsNames.Soap);
        Xml.WriteStartElement(prefix, "Header", EwsNames.Soap);
        WriteVersion();
        Xml.WriteEndElement();
        Xml.WriteStartElement(prefix, "Body", EwsNames.Soap);
        Xml.WriteAttributeString("xmlns", "xsi", EwsNames.Xmlns, EwsNames.Xsi);
        Xml.WriteAttributeString("xmlns", "xsd", EwsNames.Xmlns, EwsNames.Xsd);
    }

    public XmlWriter Xml { get; }

    /// <summary>Opens the reply element of an operation, without the wrapper of response messages.</summary>
    public void StartBare(string element)
    {
        Xml.WriteStartElement("m", element, EwsNames.Messages);
        Xml.WriteAttributeString("xmlns", "t", EwsNames.Xmlns, EwsNames.Types);
    }

    /// <summary>Opens the reply of an operation that has response messages.</summary>
    public void Start(string operation)
    {
        _operation = operation;
        StartBare(operation + "Response");
        Xml.StartM("ResponseMessages");
    }

    public void Success(Action<XmlWriter> payload)
    {
        StartMessage("Success");
        Xml.M("ResponseCode", "NoError");
        payload(Xml);
        Xml.WriteEndElement();
    }

    public void Error(EwsError error, Action<XmlWriter>? payload = null)
    {
        StartMessage("Error");
        WriteError(error);
        payload?.Invoke(Xml);
        Xml.WriteEndElement();
    }

    /// <summary>The children that every error message has.</summary>
    public void WriteError(EwsError error)
    {
        Xml.M("MessageText", error.Message);
        Xml.M("ResponseCode", error.Code);
        Xml.M("DescriptiveLinkKey", "0");
        if (error.Values.Count > 0)
        {
            Xml.StartIn(_style.Settings.MessageXmlSwapped, "MessageXml");
            WriteValues(error.Values);
            Xml.WriteEndElement();
        }
    }

    public void Fault(EwsFault fault)
    {
        Xml.WriteStartElement("s", "Fault", EwsNames.Soap);
        Xml.WriteStartElement("faultcode");
        if (fault.Number is null)
        {
            Xml.WriteAttributeString("xmlns", "a", EwsNames.Xmlns, EwsNames.Types);
        }

        Xml.WriteString(fault.Number is null ? "a:" + fault.Code : "s:Client");
        Xml.WriteEndElement();
        Xml.WriteStartElement("faultstring");
        Xml.WriteAttributeString("xml", "lang", null, "en-US");
        Xml.WriteString(fault.Message);
        Xml.WriteEndElement();
        Xml.WriteStartElement("detail");
        WriteDetail(fault);
        Xml.WriteEndElement();
        Xml.WriteEndElement();
    }

    /// <summary>Closes every open element and gives the envelope.</summary>
    public ReadOnlyMemory<byte> Finish()
    {
        Xml.WriteEndDocument();
        Xml.Flush();
        return _bytes.GetBuffer().AsMemory(0, (int)_bytes.Length);
    }

    public void Dispose()
    {
        Xml.Dispose();
        _bytes.Dispose();
    }

    private void StartMessage(string responseClass)
    {
        Xml.StartM(_operation + "ResponseMessage");
        Xml.WriteAttributeString("ResponseClass", responseClass);
    }

    private void WriteDetail(EwsFault fault)
    {
        if (fault.Number is { } number)
        {
            Xml.WriteStartElement("", "ErrorCode", EwsNames.Messages);
            Xml.WriteValue(number);
            Xml.WriteEndElement();
            return;
        }

        Xml.WriteElementString("e", "ResponseCode", EwsNames.Errors, fault.Code);
        Xml.WriteElementString("e", "Message", EwsNames.Errors, fault.Message);
        if (fault.Schema is { } schema)
        {
            Xml.StartIn(!_style.Settings.MessageXmlSwapped, "MessageXml");
            Xml.T("LineNumber", schema.Line);
            Xml.T("LinePosition", schema.Position);
            Xml.T("Violation", schema.Violation);
            Xml.WriteEndElement();
        }
        else if (fault.Values.Count > 0)
        {
            Xml.StartIn(!_style.Settings.MessageXmlSwapped, "MessageXml");
            WriteValues(fault.Values);
            Xml.WriteEndElement();
        }
    }

    private void WriteValues(IEnumerable<(string Name, string Value)> values)
    {
        foreach (var (name, value) in values)
        {
            Xml.StartT("Value");
            Xml.WriteAttributeString("Name", name);
            Xml.WriteString(value);
            Xml.WriteEndElement();
        }
    }

    private void WriteVersion()
    {
        Xml.WriteStartElement("h", "ServerVersionInfo", EwsNames.Types);
        var build = _style.Edition.Build;
        WriteNumber("MajorVersion", build.Major);
        WriteNumber("MinorVersion", build.Minor);
        WriteNumber("MajorBuildNumber", build.MajorBuild);
        WriteNumber("MinorBuildNumber", build.MinorBuild);
        Xml.WriteAttributeString("Version", _style.Edition.Version);
        Xml.WriteEndElement();
    }

    private void WriteNumber(string name, int number) =>
        Xml.WriteAttributeString(name, number.ToString(CultureInfo.InvariantCulture));

    private static XmlWriterSettings Settings(bool hasDeclaration) => new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        OmitXmlDeclaration = !hasDeclaration,
        CheckCharacters = false,
        NewLineHandling = NewLineHandling.None,
    };
}
