using System.Buffers;
using System.Xml;

namespace HybridCalendar.ExchangeLab.Style;

/// <summary>
/// Writes XML straight into UTF-8 bytes. It declares namespaces where they are first needed, and checks
/// nothing: tests hold the lab's replies to the schemas. What the lab never writes it does not know.
/// </summary>
internal sealed partial class Utf8XmlWriter : XmlWriter
{
    private const string XmlnsPrefix = "xmlns";

    private static readonly SearchValues<char> Special = SearchValues.Create(
        "&<>\"\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000B\u000C\u000E\u000F\u0010\u0011\u0012"
        + "\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F");

    private readonly List<(string Prefix, string Space)> _declared = [];
    private readonly Stack<(string Prefix, string Name, int Declared)> _open = new();
    private readonly Utf8Buffer _buffer = new();
    private bool _isTagOpen;
    private bool _isAttribute;

    /// <summary>The prefix that is being declared, and for what; null while nothing is.</summary>
    private string? _declaring;
    private string _declaredSpace = "";

    public Utf8XmlWriter(bool hasDeclaration)
    {
        if (hasDeclaration)
        {
            Put("<?xml version=\"1.0\" encoding=\"utf-8\"?>"u8);
        }
    }

    public override WriteState WriteState => _isAttribute ? WriteState.Attribute
        : _isTagOpen ? WriteState.Element
        : _open.Count > 0 ? WriteState.Content
        : WriteState.Prolog;

    /// <summary>What has been written, until the writer is disposed of.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.Written;

    public override void WriteStartElement(string? prefix, string localName, string? ns)
    {
        CloseTag();
        prefix ??= "";
        _open.Push((prefix, localName, _declared.Count));
        Put("<"u8);
        PutName(prefix, localName);
        _isTagOpen = true;
        if (ns is not null && SpaceOf(prefix) != ns)
        {
            Declare(prefix, ns);
        }
    }

    public override void WriteEndElement() => End(isShort: _isTagOpen);

    public override void WriteFullEndElement() => End(isShort: false);

    public override void WriteEndDocument()
    {
        while (_open.Count > 0)
        {
            WriteEndElement();
        }
    }

    public override void WriteStartAttribute(string? prefix, string localName, string? ns)
    {
        _isAttribute = true;
        if (prefix == XmlnsPrefix || (string.IsNullOrEmpty(prefix) && localName == XmlnsPrefix))
        {
            _declaring = prefix == XmlnsPrefix ? localName : "";
            _declaredSpace = "";
            return;
        }

        if (!string.IsNullOrEmpty(prefix) && !string.IsNullOrEmpty(ns) && SpaceOf(prefix) != ns)
        {
            Declare(prefix, ns);
        }

        Put(" "u8);
        PutName(prefix ?? "", localName);
        Put("=\""u8);
    }

    public override void WriteEndAttribute()
    {
        _isAttribute = false;
        if (_declaring is not { } prefix)
        {
            Put("\""u8);
            return;
        }

        _declaring = null;
        if (!IsDeclaredHere(prefix))
        {
            Declare(prefix, _declaredSpace);
        }
    }

    public override void WriteString(string? text)
    {
        if (_declaring is not null)
        {
            _declaredSpace += text;
            return;
        }

        if (!_isAttribute)
        {
            CloseTag();
        }

        ReadOnlySpan<char> left = text;
        for (var at = left.IndexOfAny(Special); at >= 0; at = left.IndexOfAny(Special))
        {
            Put(left[..at]);
            PutSpecial(left[at]);
            left = left[(at + 1)..];
        }

        Put(left);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _buffer.Dispose();
        }

        base.Dispose(disposing);
    }

    private void End(bool isShort)
    {
        var (prefix, name, declared) = _open.Pop();
        if (isShort)
        {
            Put(" />"u8);
            _isTagOpen = false;
        }
        else
        {
            CloseTag();
            Put("</"u8);
            PutName(prefix, name);
            Put(">"u8);
        }

        _declared.RemoveRange(declared, _declared.Count - declared);
    }

    private void CloseTag()
    {
        if (_isTagOpen)
        {
            Put(">"u8);
            _isTagOpen = false;
        }
    }

    private string SpaceOf(string prefix)
    {
        for (var at = _declared.Count - 1; at >= 0; at--)
        {
            if (_declared[at].Prefix == prefix)
            {
                return _declared[at].Space;
            }
        }

        return "";
    }

    private bool IsDeclaredHere(string prefix)
    {
        var first = _open.Peek().Declared;
        return _declared.FindIndex(first, declared => declared.Prefix == prefix) >= 0;
    }

    private void Declare(string prefix, string space)
    {
        _declared.Add((prefix, space));
        Put(prefix.Length == 0 ? " xmlns"u8 : " xmlns:"u8);
        Put(prefix);
        Put("=\""u8);
        Put(space);
        Put("\""u8);
    }

    private void PutName(string prefix, string name)
    {
        if (prefix.Length > 0)
        {
            Put(prefix);
            Put(":"u8);
        }

        Put(name);
    }

    private void PutSpecial(char one)
    {
        switch (one)
        {
            case '&':
                Put("&amp;"u8);
                break;
            case '<':
                Put("&lt;"u8);
                break;
            case '>':
                Put("&gt;"u8);
                break;
            case '"':
                Put(_isAttribute ? "&quot;"u8 : "\""u8);
                break;
            default:
                PutEntity(one);
                break;
        }
    }

    private void PutEntity(char one)
    {
        Put("&#x"u8);
        Put(((int)one).ToString("X", null));
        Put(";"u8);
    }

    private void Put(ReadOnlySpan<byte> bytes) => _buffer.Put(bytes);

    private void Put(ReadOnlySpan<char> text) => _buffer.Put(text);
}
