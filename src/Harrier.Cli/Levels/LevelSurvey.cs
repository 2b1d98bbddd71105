using System.Globalization;
using System.Text.Json;
using Harrier.Cli.Diagnostics;
using Harrier.Domain;
using Harrier.Features;
using Harrier.Features.Levels;
using Harrier.Research.Reports;
using Harrier.Strategies.Presets;

namespace Harrier.Cli.Levels;

/// <summary>The levels after the last bar of a series, by the rules of a preset.</summary>
internal sealed class LevelSurvey
{
    private readonly BarSeries _series;
    private readonly Preset _preset;
    private readonly LevelDetector _detector;
    private readonly List<LevelQuality> _levels = [];

    /// <summary>Looks at the bars.</summary>
    public LevelSurvey(BarSeries series, Preset preset)
    {
        _series = series;
        _preset = preset;
        LevelRules rules = preset.LevelsRules;
        _detector = new LevelDetector(new LevelSettings { MinTouches = rules.MinTouches });
        foreach (ref readonly Bar bar in series.Bars)
        {
            _detector.OnBar(ClosedBar.From(in bar, series.Instrument));
        }

        LevelQualitySettings quality = new()
        {
            TickSize = (double)series.Instrument.Definition.TickSize,
            UseRoundNumbers = rules.PreferRoundNumbers,
            CascadeMinLevels = rules.CascadeMinLevels,
            CascadeRadiusBps = rules.CascadeRadiusBps,
            Approach = new ApproachSettings
            {
                MaxSlopePercent = rules.ApproachSlopeMaxPctPerBar,
                MaxExcursionPercent = 2 * rules.ApproachSlopeMaxPctPerBar,
                MinConsolidationBars = rules.PrebreakoutConsolidationMinBars,
                Lookback = Math.Max(10, rules.PrebreakoutConsolidationMinBars),
            },
        };
        foreach (PriceLevel level in _detector.Levels)
        {
            _levels.Add(_detector.Assess(in level, quality));
        }
    }

    private double Close => _series.Instrument.ToDouble(_series[_series.Count - 1].Close);

    /// <summary>One JSON document.</summary>
    public string ToJson()
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteString("preset", _preset.Name);
            json.WriteString("symbol", _series.Instrument.Symbol);
            json.WriteString("interval", _series.Spec.ToString());
            json.WriteNumber("bars", _series.Count);
            json.WriteString("known_at", _series[_series.Count - 1].CloseTime.ToString());
            json.WriteString("close", Price(Close));
            json.WriteNumber("atr", _detector.Atr);
            json.WriteStartArray("levels");
            foreach (LevelQuality level in _levels)
            {
                WriteLevel(json, in level);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>A table for people, strongest level first.</summary>
    public IEnumerable<string> ToLines()
    {
        yield return $"{_series.Instrument.Symbol} {_series.Spec}, {_preset.Name}: {_levels.Count} levels in the last bars up to {_series[_series.Count - 1].CloseTime}, close {Price(Close)}";
        yield return $"{"type",-10} {"price",14} {"distance",9} {"touches",7} {"strength",8} {"round",6} {"cascade",7} {"score",6} {"base",12} approach";
        foreach (LevelQuality one in _levels)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{Word(one.Level.Kind),-10} {Price(one.Level.Price),14} {((one.Level.Price / Close) - 1) * 100,8:+0.00;-0.00}% {one.Level.Touches,7} {one.Level.Strength,8:0.000} {one.Round.Bonus,6:0.000} {one.Cascade.Bonus,7:0.00} {one.Score,6:0.000} {(double.IsNaN(one.Level.BaseHeight) ? "-" : Price(one.Level.BaseHeight)),12} {Word(one.Approach.Verdict)}");
        }
    }

    /// <summary>What speaks for each level as records of a diagnostic session, strongest first: three of the seven series of the guide.</summary>
    public IEnumerable<DiagnosticRecord> ToRecords() => _levels.Select(one => new DiagnosticRecord(
        _series[_series.Count - 1].CloseTime,
        "levels",
        "assess",
        _series.Instrument.Symbol,
        [
            ("type", Word(one.Level.Kind)),
            ("price", one.Level.Price),
            ("score", one.Score),
            ("round_number_bonus", one.Round.Bonus),
            ("cascade_bonus", one.Cascade.Bonus),
            ("approach_ok", one.IsApproachedWell ? 1 : 0),
        ],
        one.IsApproachedWell ? null : "filter:approach",
        one.IsApproachedWell));

    /// <summary>The chart of the bars that were looked at.</summary>
    public string ToChart()
    {
        int first = Math.Max(0, _series.Count - new LevelSettings().Window);
        List<ClosedBar> bars = [];
        foreach (ref readonly Bar bar in _series.Bars[first..])
        {
            bars.Add(ClosedBar.From(in bar, _series.Instrument));
        }

        return LevelChart.ToText(new LevelChartData($"{_series.Instrument.Symbol} {_series.Spec}, {_preset.Name}", bars, _levels, _series.Instrument.Definition.TickSize.Scale));
    }

    private static string Word(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private string Price(double price) => price.ToString("F" + _series.Instrument.Definition.TickSize.Scale.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private void WriteLevel(Utf8JsonWriter json, in LevelQuality one)
    {
        json.WriteStartObject();
        json.WriteString("type", Word(one.Level.Kind));
        json.WriteString("price", Price(one.Level.Price));
        json.WriteNumber("distance", (one.Level.Price / Close) - 1);
        json.WriteNumber("touches", one.Level.Touches);
        json.WriteNumber("strength", one.Level.Strength);
        json.WriteNumber("score", one.Score);
        json.WriteBoolean("is_round_number", one.Round.IsRound);
        json.WriteNumber("round_number_bonus", one.Round.Bonus);
        json.WriteBoolean("has_cascade", one.Cascade.HasCascade);
        json.WriteNumber("cascade_count", one.Cascade.Count);
        json.WriteNumber("cascade_bonus", one.Cascade.Bonus);
        json.WriteBoolean("approach_ok", one.IsApproachedWell);
        WriteNumber(json, "slope_pct_per_bar", one.Approach.SlopePercentPerBar);
        WriteNumber(json, "excursion_pct", one.Approach.ExcursionPercent);
        json.WriteNumber("consolidation_bars", one.Approach.ConsolidationBars);
        json.WriteString("reason", Word(one.Approach.Verdict));
        WriteNumber(json, "base_height", one.Level.BaseHeight);
        json.WriteString("first_touch", one.Level.FirstTouch.ToString());
        json.WriteString("last_touch", one.Level.LastTouch.ToString());
        json.WriteEndObject();
    }
}
