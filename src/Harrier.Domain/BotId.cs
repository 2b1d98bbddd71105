using System.Globalization;

namespace Harrier.Domain;

/// <summary>
/// A strategy instance with its settings and sub-ledger inside one engine: a dense index from 0, so that
/// per-bot state is an array.
/// </summary>
/// <param name="Index">Position in the engine's list of bots.</param>
public readonly record struct BotId(int Index)
{
    /// <inheritdoc/>
    public override string ToString() => "bot-" + Index.ToString(CultureInfo.InvariantCulture);
}
