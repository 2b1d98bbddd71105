namespace Harrier.Storage.Records;

/// <summary>Up to where the records of an account are known to be whole.</summary>
/// <param name="CompleteTo">Number of the session before which no fill and no trade is missing.</param>
/// <param name="OrdersCompleteTo">Number of the session before which no order is missing; smaller in a database of a program that kept none.</param>
public readonly record struct RecordMarks(long CompleteTo, long OrdersCompleteTo);
