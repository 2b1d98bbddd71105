using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;

namespace Harrier.Exchanges.Tests.Portfolio;

/// <summary>Where a process dies.</summary>
public enum CrashPoint
{
    Never,
    BeforeQuote,
    AfterQuote,
    BeforeCommit,
    AfterCommit,
    BeforeResolve,
    AfterResolve,
}

/// <summary>The end of a process in the middle of a call.</summary>
public sealed class ProcessDiedException : Exception;

/// <summary>A venue whose caller dies at a given point, once.</summary>
internal sealed class CrashingVenue(IConversionVenue inner) : IConversionVenue
{
    public CrashPoint At { get; set; }

    /// <summary>What happens while a quote is on its way.</summary>
    public Action? BeforeQuote { get; set; }

    /// <summary>What happens between a quote and its commit.</summary>
    public Action? AfterQuote { get; set; }

    public async Task<ConversionAnswer<ConversionQuote>> QuoteAsync(ConversionRequest request, CancellationToken cancellation)
    {
        Die(CrashPoint.BeforeQuote);
        BeforeQuote?.Invoke();
        ConversionAnswer<ConversionQuote> answer = await inner.QuoteAsync(request, cancellation);
        AfterQuote?.Invoke();
        Die(CrashPoint.AfterQuote);
        return answer;
    }

    public async Task<ConversionResult> CommitAsync(ApprovedConversion conversion, CancellationToken cancellation)
    {
        Die(CrashPoint.BeforeCommit);
        ConversionResult result = await inner.CommitAsync(conversion, cancellation);
        Die(CrashPoint.AfterCommit);
        return result;
    }

    public async Task<ConversionResult> ResolveAsync(OpenConversion conversion, CancellationToken cancellation)
    {
        Die(CrashPoint.BeforeResolve);
        ConversionResult result = await inner.ResolveAsync(conversion, cancellation);
        Die(CrashPoint.AfterResolve);
        return result;
    }

    public Task<ConversionAnswer<IReadOnlyList<Holding>>> HoldingsAsync(CancellationToken cancellation) => inner.HoldingsAsync(cancellation);

    public Task<ConversionAnswer<ConversionRate>> RateAsync(Asset from, Asset to, CancellationToken cancellation) => inner.RateAsync(from, to, cancellation);

    private void Die(CrashPoint point)
    {
        if (At == point)
        {
            At = CrashPoint.Never;
            throw new ProcessDiedException();
        }
    }
}
