namespace Harrier.Testnet.Markets;

/// <summary>What moves the markets of an exchange. It trades as house accounts through the core, like everybody else.</summary>
public interface IMarketDriver : IAsyncDisposable
{
    /// <summary>True while it does nothing although it was started.</summary>
    bool IsPaused { get; set; }

    /// <summary>Fills the books and begins; call it once.</summary>
    void Start();
}
