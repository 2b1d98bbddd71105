namespace Harrier.Cli.BarFeatures;

/// <summary>Numbers as JSON takes them.</summary>
internal static class JsonNumber
{
    /// <summary>The number; null for one that is not defined.</summary>
    public static double? OrNull(double value) => double.IsFinite(value) ? value : null;
}
