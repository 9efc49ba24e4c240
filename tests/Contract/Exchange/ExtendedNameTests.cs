using System.Text;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Contract.Exchange;

/// <summary>A property is known by its name, however a server spells that.</summary>
public sealed class ExtendedNameTests
{
    private const string Meeting = "6ED8DA90-450B-101B-98DA-00AA003F1305";

    [Theory]
    [InlineData("PropertyTag=\"0x0E1D\" PropertyType=\"String\"",
        "PropertyTag=\"0xe1d\" PropertyType=\"String\"")]
    [InlineData("PropertyTag=\"3613\" PropertyType=\"String\"",
        "PropertyTag=\"0x0e1d\" PropertyType=\"String\"")]
    [InlineData("DistinguishedPropertySetId=\"Meeting\" PropertyId=\"35\" PropertyType=\"Binary\"",
        "PropertyType=\"Binary\" PropertyId=\"0x23\" PropertySetId=\"" + Meeting + "\"")]
    [InlineData("DistinguishedPropertySetId=\"PublicStrings\" PropertyName=\"X\" PropertyType=\"String\"",
        "PropertySetId=\"00020329-0000-0000-C000-000000000046\" PropertyName=\"X\" PropertyType=\"String\"")]
    public void two_spellings_of_one_name_are_equal(string one, string other)
    {
        var name = Read($"<ExtendedFieldURI {one}/>").ShouldNotBeNull();
        Read($"<ExtendedFieldURI {other}/>").ShouldBe(name);
        Read(Written(name)).ShouldBe(name);
    }

    [Theory]
    [InlineData("PropertySetId=\"" + Meeting + "\" PropertyName=\"X\" PropertyType=\"String\"",
        "PropertySetId=\"" + Meeting + "\" PropertyName=\"x\" PropertyType=\"String\"")]
    [InlineData("PropertySetId=\"" + Meeting + "\" PropertyId=\"35\" PropertyType=\"Binary\"",
        "DistinguishedPropertySetId=\"Common\" PropertyId=\"35\" PropertyType=\"Binary\"")]
    [InlineData("PropertyTag=\"0x1000\" PropertyType=\"String\"",
        "PropertyTag=\"1000\" PropertyType=\"String\"")]
    public void other_names_are_others(string one, string other) =>
        Read($"<ExtendedFieldURI {one}/>").ShouldNotBe(Read($"<ExtendedFieldURI {other}/>"));

    [Theory]
    [InlineData("")]
    [InlineData("PropertyName=\"X\" PropertyType=\"String\"")]
    [InlineData("PropertyTag=\"0x10000\" PropertyType=\"String\"")]
    [InlineData("DistinguishedPropertySetId=\"Nobody\" PropertyName=\"X\" PropertyType=\"String\"")]
    [InlineData("PropertyTag=\"0x1000\"")]
    public void what_is_no_name_is_none(string attributes) =>
        Read($"<ExtendedFieldURI {attributes}/>").ShouldBeNull();

    private static string Written(ExtendedName name)
    {
        var envelope = Encoding.UTF8.GetString(SoapRequest.Write(
            null, Dialect.Exchange2013_SP1, name.Write));
        var start = envelope.IndexOf("<t:ExtendedFieldURI", StringComparison.Ordinal);
        return envelope[start..(envelope.IndexOf("/>", start, StringComparison.Ordinal) + 2)];
    }

    private static ExtendedName? Read(string element)
    {
        var text = $"<a xmlns=\"{Namespaces.Types}\" xmlns:t=\"{Namespaces.Types}\">{element}</a>";
        using var xml = XmlCursor.Over(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        xml.Next(xml.Enter()).ShouldBeTrue();
        xml.Next(xml.Enter()).ShouldBeTrue();
        return ExtendedName.Read(xml);
    }
}
