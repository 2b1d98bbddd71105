using System.Diagnostics.CodeAnalysis;

namespace Harrier.Engine.History;

/// <summary>What a venue told of its past, or why it did not.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public sealed record HistoryAnswer<T>
    where T : notnull
{
    private HistoryAnswer(T? value, HistoryFault? fault)
    {
        Value = value;
        Fault = fault;
    }

    /// <summary>True when there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsOk => Fault is null;

    /// <summary>The value; meaningless when there is a fault.</summary>
    public T? Value { get; }

    /// <summary>Why there is no value; null when there is one.</summary>
    public HistoryFault? Fault { get; }

    /// <summary>An answer.</summary>
    public static HistoryAnswer<T> Of(T value) => new(value, null);

    /// <summary>No answer.</summary>
    public static HistoryAnswer<T> Failed(HistoryFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return new HistoryAnswer<T>(default, fault);
    }

    /// <summary>No answer.</summary>
    public static HistoryAnswer<T> Failed(HistoryFaultKind kind, string message) => Failed(new HistoryFault(kind, message));
}
