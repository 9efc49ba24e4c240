using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using HybridCalendar.Domain.Audit;
using HybridCalendar.Specs.Stored;

namespace HybridCalendar.Specs.Audit;

/// <summary>However a value is printed, its canonical form is one; two values never share one.</summary>
public class CanonicalJsonSpecs
{
    public static TheoryData<string> Files => [.. Golden.Names()];

    [Theory]
    [InlineData("""{ "b" : 1, "a" : [ true, null, {} ] }""", """{"a":[true,null,{}],"b":1}""")]
    [InlineData("""{"\u20ac":"Euro","\r":"CR","1":"One","\u00f6":"o"}""",
        """{"\r":"CR","1":"One","ö":"o","€":"Euro"}""")]
    [InlineData("\"\\u0041\\/\\u00e4\\u001F\\n\\\"\\\\\"", "\"A/ä\\u001f\\n\\\"\\\\\"")]
    [InlineData("[1.0, 1.50, -0, 0.0, 100, -7]", "[1,1.5,0,0,100,-7]")]
    [InlineData("[9007199254740993, 9007199254740992]", "[9007199254740993,9007199254740992]")]
    [InlineData("[]", "[]")]
    public void A_value_is_written_in_its_one_form(string printed, string canonical) =>
        Canonical(printed).ShouldBe(canonical);

    [Theory]
    [InlineData("1e5")]
    [InlineData("[1.5E-3]")]
    public void An_exponent_is_refused_for_jsonb_prints_none(string printed) =>
        Should.Throw<FormatException>(() => Canonical(printed));

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":1""")]
    public void What_is_no_value_is_refused(string printed) =>
        Should.Throw<JsonException>(() => Canonical(printed));

    [Theory]
    [MemberData(nameof(Files))]
    public void An_event_has_one_form_as_it_was_written_and_as_jsonb_gives_it_back(string name) =>
        Canonical(Jsonb.Reorder(Golden.Read(name))).ShouldBe(Canonical(Golden.Read(name)));

    [Theory]
    [MemberData(nameof(Files))]
    public void The_one_form_says_the_same_and_is_its_own(string name)
    {
        var canonical = Canonical(Golden.Read(name));
        JsonNode.DeepEquals(JsonNode.Parse(canonical), JsonNode.Parse(Golden.Read(name))).ShouldBeTrue();
        Canonical(canonical).ShouldBe(canonical);
    }

    [Fact]
    public void Any_text_is_read_back_as_it_was() =>
        Gen.String.Where(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text)
            .Sample(text =>
            {
                var output = new ArrayBufferWriter<byte>();
                CanonicalJson.WriteText(text, output);
                var written = Encoding.UTF8.GetString(output.WrittenSpan);
                return JsonSerializer.Deserialize<string>(written) == text && Canonical(written) == written;
            });

    private static string Canonical(string json)
    {
        var output = new ArrayBufferWriter<byte>();
        CanonicalJson.Write(Encoding.UTF8.GetBytes(json), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
