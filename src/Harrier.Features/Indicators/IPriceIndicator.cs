namespace Harrier.Features.Indicators;

/// <summary>An indicator of one series of numbers, so that kernels compose: the output of one is the input of the next.</summary>
public interface IPriceIndicator : IIndicator
{
    /// <summary>Feeds one value and returns <see cref="IIndicator.Value"/>.</summary>
    double Update(double value);
}
