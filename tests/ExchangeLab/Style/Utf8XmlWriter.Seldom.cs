namespace HybridCalendar.ExchangeLab.Style;

/// <content>What replies hold seldom or never.</content>
internal sealed partial class Utf8XmlWriter
{
    public override void WriteChars(char[] buffer, int index, int count) =>
        WriteString(new string(buffer, index, count));

    public override void WriteWhitespace(string? ws) => WriteString(ws);

    public override void WriteSurrogateCharEntity(char lowChar, char highChar) =>
        WriteString(new string([highChar, lowChar]));

    public override void WriteCharEntity(char ch)
    {
        CloseTag();
        PutEntity(ch);
    }

    public override void WriteBase64(byte[] buffer, int index, int count) =>
        WriteString(Convert.ToBase64String(buffer, index, count));

    public override void WriteRaw(string data)
    {
        CloseTag();
        Put(data);
    }

    public override void WriteRaw(char[] buffer, int index, int count) =>
        WriteRaw(new string(buffer, index, count));

    public override string? LookupPrefix(string ns) =>
        _declared.FindLast(declared => declared.Space == ns).Prefix;

    public override void Flush()
    {
    }

    public override void WriteStartDocument() => throw new NotSupportedException();

    public override void WriteStartDocument(bool standalone) => throw new NotSupportedException();

    public override void WriteDocType(string name, string? pubid, string? sysid, string? subset) =>
        throw new NotSupportedException();

    public override void WriteCData(string? text) => throw new NotSupportedException();

    public override void WriteComment(string? text) => throw new NotSupportedException();

    public override void WriteProcessingInstruction(string name, string? text) =>
        throw new NotSupportedException();

    public override void WriteEntityRef(string name) => throw new NotSupportedException();
}
