using HybridCalendar.Domain.Time;
using NodaTime;

namespace HybridCalendar.Specs.Time;

public class CalendarZonesSpecs
{
    [Theory]
    [InlineData("W. Europe Standard Time", "Europe/Berlin")]
    [InlineData("w. europe STANDARD time", "Europe/Berlin")]
    [InlineData("Eastern Standard Time", "America/New_York")]
    [InlineData("Mid-Atlantic Standard Time", "Etc/GMT+2")]
    [InlineData("europe/paris", "Europe/Paris")]
    [InlineData("Asia/Calcutta", "Asia/Calcutta")]
    [InlineData("UTC", "UTC")]
    [InlineData("tzone://Microsoft/Utc", "UTC")]
    public void A_zone_is_found_by_its_Windows_or_IANA_id(string id, string tzdbId) =>
        CalendarZones.Find(id).ShouldBe(DateTimeZoneProviders.Tzdb[tzdbId]);

    [Theory]
    [InlineData("")]
    [InlineData("Customized Time Zone")]
    [InlineData("tzone://Microsoft/Custom")]
    [InlineData("UTC+05:30")]
    [InlineData("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna")]
    public void An_id_without_known_rules_has_no_zone(string id) => CalendarZones.Find(id).ShouldBeNull();
}
