namespace Harrier.Storage.Market.Formats;

/// <summary>The most decimals seen of prices and of volumes.</summary>
internal sealed class DecimalCounts
{
    /// <summary>Of prices.</summary>
    public int Price { get; private set; }

    /// <summary>Of volumes and sizes in base currency.</summary>
    public int Volume { get; private set; }

    /// <summary>Looks at a price.</summary>
    public void AddPrice(decimal price) => Price = price.Scale > Price ? Math.Max(Price, ExactNumber.DecimalsOf(price)) : Price;

    /// <summary>Looks at a volume.</summary>
    public void AddVolume(decimal volume) => Volume = volume.Scale > Volume ? Math.Max(Volume, ExactNumber.DecimalsOf(volume)) : Volume;
}
