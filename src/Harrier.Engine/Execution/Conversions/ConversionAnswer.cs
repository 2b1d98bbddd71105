using System.Diagnostics.CodeAnalysis;

namespace Harrier.Engine.Execution;

/// <summary>A value from a venue, or why there is none.</summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <param name="Value">The value; null when refused.</param>
/// <param name="Reason">Why there is none; <see cref="RejectReason.None"/> when there is one.</param>
/// <param name="Detail">The venue's words in one line, without secrets; empty when there is a value.</param>
public sealed record ConversionAnswer<T>(T? Value, RejectReason Reason, string Detail)
    where T : class
{
    /// <summary>True when there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsOk => Value is not null;
}
