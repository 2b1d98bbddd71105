using Harrier.Domain;

namespace Harrier.Storage.Bars;

/// <summary>Counts and remembers rows that break the rules of a bar.</summary>
internal sealed class BarFaults
{
    /// <summary>How many rows of one kind a report shows.</summary>
    public const int Shown = 10;

    private readonly List<BarFindingRow> _first = [];

    /// <summary>All refused rows.</summary>
    public long Refused { get; private set; }

    /// <summary>Refused rows whose numbers are fine by themselves but contradict each other.</summary>
    public long Contradictory { get; private set; }

    /// <summary>The first refused rows.</summary>
    public IReadOnlyList<BarFindingRow> First => _first;

    /// <summary>Counts a row.</summary>
    public void Add(in BarRow row, BarRowPlace place)
    {
        Refused++;
        string reason = Reason(in row, out bool contradictory);
        Contradictory += contradictory ? 1 : 0;
        if (_first.Count < Shown)
        {
            _first.Add(new BarFindingRow(place, new Timestamp(row.Time), reason));
        }
    }

    private static string Reason(in BarRow row, out bool contradictory)
    {
        contradictory = false;
        if (row.HasNoNumber)
        {
            return "a price or the volume is missing or not a number";
        }

        decimal open = ToDecimal(row.Open);
        decimal high = ToDecimal(row.High);
        decimal low = ToDecimal(row.Low);
        decimal close = ToDecimal(row.Close);
        if (Math.Min(Math.Min(open, close), Math.Min(high, low)) <= 0)
        {
            return FormattableString.Invariant($"price {Math.Min(Math.Min(open, close), Math.Min(high, low))} is not above 0");
        }

        if (row.Volume.Mantissa < 0)
        {
            return FormattableString.Invariant($"volume {ToDecimal(row.Volume)} is below 0");
        }

        contradictory = true;
        return high < low
            ? FormattableString.Invariant($"high {high} is below low {low}")
            : FormattableString.Invariant($"open {open} or close {close} is outside low {low} to high {high}");
    }

    private static decimal ToDecimal(DecimalDigits digits) => digits.Mantissa / (decimal)DecimalDigits.PowerOfTen(digits.Scale);
}
