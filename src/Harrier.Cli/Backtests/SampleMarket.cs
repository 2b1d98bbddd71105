using Harrier.Domain;
using Harrier.Simulation.Synthetic;
using Harrier.Storage.Bars;

namespace Harrier.Cli.Backtests;

/// <summary>The market that a newcomer gets without any data: made by a seeded generator at first use and kept as files to look at.</summary>
internal static class SampleMarket
{
    /// <summary>The folder with one file per symbol; made when missing.</summary>
    public static string Folder(string home)
    {
        string folder = Path.Combine(home, "sample");
        if (!Directory.Exists(folder))
        {
            string building = $"{folder}.{Environment.ProcessId}.new";
            Directory.CreateDirectory(building);
            foreach (BarSeries series in SyntheticMarket.Generate(new SyntheticMarketSettings()))
            {
                string name = $"{series.Instrument.Definition.Venue}_{series.Instrument.Symbol}_{series.Spec}.csv";
                using FileStream file = File.Create(Path.Combine(building, name));
                BarCsvWriter.Write(file, series);
            }

            Place(building, folder);
        }

        return folder;
    }

    // Two first uses at once make the same market: the later one takes what the earlier one has put in place.
    private static void Place(string building, string folder)
    {
        try
        {
            Directory.Move(building, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            Directory.Delete(building, recursive: true);
        }
    }
}
