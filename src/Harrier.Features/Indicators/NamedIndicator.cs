namespace Harrier.Features.Indicators;

/// <summary>A kernel made from text, with the names of its outputs.</summary>
/// <param name="Text">What was asked for, such as <c>macd:12:26:9</c>.</param>
/// <param name="Kernel">The kernel, warming up.</param>
/// <param name="Columns">One name per output, in the order of <see cref="IIndicator.Output"/>.</param>
/// <param name="NeedsTimes">True when the result depends on the bars' open times.</param>
public sealed record NamedIndicator(string Text, IIndicator Kernel, IReadOnlyList<string> Columns, bool NeedsTimes);
