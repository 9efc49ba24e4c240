using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using HybridCalendar.Domain;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Time;
using NodaTime;
using NodaTime.Serialization.SystemTextJson;

namespace HybridCalendar.Projections;

/// <summary>
/// How events and documents are written as JSON. Stored for ever: golden files pin every byte of it.
/// </summary>
/// <remarks>
/// camelCase; enumerations and ids as plain strings; NodaTime's own formats (ISO 8601, instants in UTC);
/// absent is left out.
/// PostgreSQL's jsonb sorts members, so a pattern's discriminator may come late.
/// </remarks>
public static class EventJson
{
    /// <summary>Stored names of the patterns of a recurrence.</summary>
    private static readonly JsonDerivedType[] Patterns =
    [
        new(typeof(RecurrencePattern.Daily), "daily"),
        new(typeof(RecurrencePattern.Weekly), "weekly"),
        new(typeof(RecurrencePattern.AbsoluteMonthly), "absoluteMonthly"),
        new(typeof(RecurrencePattern.RelativeMonthly), "relativeMonthly"),
        new(typeof(RecurrencePattern.AbsoluteYearly), "absoluteYearly"),
        new(typeof(RecurrencePattern.RelativeYearly), "relativeYearly"),
    ];

    /// <summary>The options of the store; read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Create(new ValueListConverter());

    /// <summary>
    /// The same for who folds many events: what folds only pass on is read when it is asked for, which for most
    /// of it is never. What is wrong in it comes to light then.
    /// </summary>
    public static JsonSerializerOptions OptionsForFolding { get; } = Create(new LateListConverter());

    /// <summary>Gives serializer options the forms of this store.</summary>
    public static void Configure(JsonSerializerOptions options) => Configure(options, new ValueListConverter());

    private static void Configure(JsonSerializerOptions options, JsonConverter lists)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.AllowOutOfOrderMetadataProperties = true;

        // Before the converters that are there: the first that fits is used, and Marten brings one of
        // its own.
        options.Converters.Insert(
            0, new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new FlatId<MailboxId>(value => new MailboxId(value), id => id.Value));
        options.Converters.Add(new FlatId<MeetingId>(value => new MeetingId(value), id => id.Value));
        options.Converters.Add(new FlatId<CorrelationId>(value => new CorrelationId(value), id => id.Value));
        options.Converters.Add(lists);
        options.ConfigureForNodaTime(DateTimeZoneProviders.Tzdb);
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NamePatterns } };
    }

    private static JsonSerializerOptions Create(JsonConverter lists)
    {
        var options = new JsonSerializerOptions();
        Configure(options, lists);
        options.MakeReadOnly();
        return options;
    }

    private static void NamePatterns(JsonTypeInfo type)
    {
        if (type.Type != typeof(RecurrencePattern) && type.Type != typeof(RecurrencePattern.Yearly))
        {
            return;
        }

        type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "kind" };
        foreach (var pattern in Patterns.Where(pattern => pattern.DerivedType.IsAssignableTo(type.Type)))
        {
            type.PolymorphismOptions.DerivedTypes.Add(pattern);
        }
    }

    private sealed class FlatId<T>(Func<Guid, T> read, Func<T, Guid> value) : JsonConverter<T>
    {
        public override T Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            read(reader.GetGuid());

        public override void Write(Utf8JsonWriter writer, T id, JsonSerializerOptions options) =>
            writer.WriteStringValue(value(id));
    }

    private class ValueListConverter : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(ValueList<>);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(
                typeof(ValueListConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;
    }

    private sealed class LateListConverter : ValueListConverter
    {
        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            typeToConvert == typeof(ValueList<Participant>)
                ? new LateListConverter<Participant>()
                : base.CreateConverter(typeToConvert, options);
    }

    private sealed class LateListConverter<T> : ValueListConverter<T>
    {
        public override ValueList<T> Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var items = JsonElement.ParseValue(ref reader);
            return new ValueList<T>(() => items.Deserialize<T[]>(options) ?? []);
        }
    }

    private class ValueListConverter<T> : JsonConverter<ValueList<T>>
    {
        public override ValueList<T> Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonSerializer.Deserialize<T[]>(ref reader, options) ?? []);

        public override void Write(Utf8JsonWriter writer, ValueList<T> list, JsonSerializerOptions options) =>
            JsonSerializer.Serialize<IEnumerable<T>>(writer, list, options);
    }
}
