using System.Collections;
using System.Runtime.CompilerServices;

namespace HybridCalendar.Domain;

/// <summary>An immutable list that equals another when their items do, in order.</summary>
[CollectionBuilder(typeof(ValueList), nameof(ValueList.Create))]
public sealed class ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    private readonly Func<T[]>? make;
    private T[]? made;

    public ValueList(IEnumerable<T> items) => made = [.. items];

    /// <param name="make">Makes the items, when one is asked for first: always the same.</param>
    public ValueList(Func<T[]> make) => this.make = make;

    /// <summary>The list of no items.</summary>
    public static ValueList<T> Empty { get; } = new([]);

    public int Count => Items.Length;

    public T this[int index] => Items[index];

    private T[] Items => made ??= make!();

    public bool Equals(ValueList<T>? other) => other is not null && Items.AsSpan().SequenceEqual(other.Items);

    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    public override int GetHashCode() => Items.Aggregate(Items.Length, HashCode.Combine);

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"[{string.Join(", ", Items)}]";
}

/// <summary>Lets a <see cref="ValueList{T}"/> be written as a collection expression.</summary>
public static class ValueList
{
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items) => new(items.ToArray());
}
