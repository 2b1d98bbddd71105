using Harrier.Cli.Composition;
using Harrier.Hosting.Control;
using Harrier.Hosting.Portfolio;

namespace Harrier.Cli.Running;

/// <summary>The portfolio accounts of a run.</summary>
/// <param name="composer">Wires them.</param>
/// <param name="view">Told what happens.</param>
internal sealed class RunningPortfolios(PortfolioComposer composer, IRunView view) : IDisposable
{
    private readonly List<CarriedPortfolio> _carried = [];
    private Task<bool>[] _running = [];

    /// <summary>Opens them; they do not run yet.</summary>
    public async Task OpenAsync(IReadOnlyList<PortfolioAccountSettings> settings, RunDesk desk, CancellationToken stop)
    {
        foreach (PortfolioAccountSettings one in settings)
        {
            CarriedPortfolio carried = await composer.ComposeAsync(one, (null, []), view, stop).ConfigureAwait(false);
            _carried.Add(carried);
            desk.Add(carried.Host);
        }
    }

    /// <summary>Lets them run until the end.</summary>
    public void Start(CancellationToken ends) => _running = [.. _carried.Select(one => Task.Run(() => CarryAsync(one, ends), CancellationToken.None))];

    /// <summary>Waits until they have ended.</summary>
    /// <returns>False when one failed.</returns>
    public async Task<bool> EndAsync() => Array.TrueForAll(await Task.WhenAll(_running).ConfigureAwait(false), static isWell => isWell);

    /// <inheritdoc/>
    public void Dispose() => _carried.ForEach(static one => one.Dispose());

    // One that fails does not take the others with it.
    private async Task<bool> CarryAsync(CarriedPortfolio one, CancellationToken ends)
    {
        try
        {
            await one.Host.RunAsync(ends).ConfigureAwait(false);
            return true;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            view.Warn($"error: account {one.Host.Status.Name}: stopped: {fault.Message}");
            return false;
        }
    }
}
