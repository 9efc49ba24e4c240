namespace HybridCalendar.ExchangeLab.Model;

/// <summary>
/// The MAPI name of an extended property, whatever way a client spells it: two spellings of one name are
/// equal.
/// </summary>
/// <param name="Set">The property set; null for a tagged property.</param>
/// <param name="Tag">The number of a property without a set.</param>
/// <param name="Name">The name within the set; null when it has a number.</param>
/// <param name="Id">The number within the set; null when it has a name.</param>
/// <param name="Type">One of MapiPropertyTypeType, such as String or IntegerArray.</param>
public sealed record PropertyName(Guid? Set, int? Tag, string? Name, int? Id, string Type);
