namespace HybridCalendar.Adapters.Exchange.Reading;

/// <summary>
/// A part of an item that was understood, or what is wrong with it. Exactly one of the nested cases.
/// </summary>
internal abstract record Understood<T>
{
    private Understood() { }

    internal sealed record Value(T Content) : Understood<T>;

    internal sealed record Wrong(string Why) : Understood<T>;

    /// <summary>The element and what is wrong with it, without any of the calendar's text; else "".</summary>
    internal string Problem => this is Wrong wrong ? wrong.Why : "";

    public static implicit operator Understood<T>(T content) => new Value(content);
}
