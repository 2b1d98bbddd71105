using Harrier.Features;
using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

public sealed class IndicatorCatalogTests
{
    [Theory]
    [InlineData("sma:20", "sma_20")]
    [InlineData("macd:12:26:9", "macd_12_26_9 macd_12_26_9_signal macd_12_26_9_hist")]
    [InlineData("bbands:20:2", "bbands_20_2_upper bbands_20_2_middle bbands_20_2_lower")]
    [InlineData("bbands:20:2:sample", "bbands_20_2_sample_upper bbands_20_2_sample_middle bbands_20_2_sample_lower")]
    [InlineData("stoch:14:3:3", "stoch_14_3_3_k stoch_14_3_3_d")]
    [InlineData("stochrsi:14:5:3", "stochrsi_14_5_3_k stochrsi_14_5_3_d")]
    [InlineData("di:14", "plus_di_14 minus_di_14")]
    [InlineData("aroon:14", "aroon_14_up aroon_14_down")]
    [InlineData("sar:0.02:0.2", "sar_0.02_0.2")]
    [InlineData("stddev:20:1", "stddev_20_1")]
    [InlineData("linearreg_slope:14", "linearreg_slope_14")]
    [InlineData("ultosc:7:14:28", "ultosc_7_14_28")]
    [InlineData("trange", "trange")]
    [InlineData("obv", "obv")]
    [InlineData("rsi", "rsi")]
    [InlineData(" RSI : 14 ", "rsi_14")]
    [InlineData("vwap", "vwap vwap_upper vwap_lower")]
    [InlineData("donchian:20", "donchian_20_upper donchian_20_middle donchian_20_lower")]
    [InlineData("supertrend:10:3", "supertrend_10_3 supertrend_10_3_direction")]
    public void Parse_KnownText_NamesItsColumns(string text, string columns)
    {
        NamedIndicator indicator = IndicatorCatalog.Parse(text);
        string.Join(' ', indicator.Columns).ShouldBe(columns);
        indicator.Kernel.OutputCount.ShouldBe(indicator.Columns.Count);
    }

    [Fact]
    public void Parse_EveryEntry_TakesItsDefaultsTypedOrLeftOut()
    {
        Ohlcv[] bars = SampleBars.Lcg(700);
        foreach (IndicatorDefinition definition in IndicatorCatalog.All)
        {
            NamedIndicator typed = IndicatorCatalog.Parse(definition.Usage);
            NamedIndicator bare = IndicatorCatalog.Parse(definition.Name);
            typed.Columns.Count.ShouldBe(typed.Kernel.OutputCount, definition.Name);
            foreach (Ohlcv bar in bars)
            {
                double expected = bare.Kernel.Update(bar);
                typed.Kernel.Update(bar).ShouldBe(expected, definition.Name);
            }

            bare.Kernel.IsReady.ShouldBeTrue(definition.Name);
        }
    }

    [Theory]
    [InlineData("rsj:14", "indicator", "rsj", "did you mean rsi? One of adx,")]
    [InlineData("bollinger:20", "indicator", "bollinger", "one of adx,")]
    [InlineData("", "indicator", "(empty)", "one of adx,")]
    [InlineData("sma:20:2", "sma", "sma:20:2", "at most 1, as in sma:20")]
    [InlineData("vwap:20", "vwap", "vwap:20", "no parameters")]
    [InlineData("rsi:x", "rsi:x, period", "x", "a whole number")]
    [InlineData("rsi:", "rsi:, period", "(empty)", "a whole number")]
    [InlineData("rsi:14.5", "rsi:14.5, period", "14.5", "a whole number")]
    [InlineData("rsi:1", "rsi:1, period", "1", "a whole number from 2 to 100000")]
    [InlineData("rsi:99999999999", "rsi:99999999999, period", "99999999999", "a whole number")]
    [InlineData("bbands:20:-2", "bbands:20:-2, multiplier", "-2", "a finite number above 0")]
    [InlineData("bbands:20:NaN", "bbands:20:NaN, multiplier", "NaN", "a number")]
    [InlineData("bbands:20:2:half", "bbands:20:2:half, deviation", "half", "population or sample")]
    public void Parse_UnusableText_NamesFieldValueAndWhatIsAllowed(string text, string field, string value, string allowed)
    {
        IndicatorParameterException error = Should.Throw<IndicatorParameterException>(() => IndicatorCatalog.Parse(text));
        error.Field.ShouldBe(field);
        error.Value.ShouldBe(value);
        error.Allowed.ShouldStartWith(allowed);
    }

    [Fact]
    public void ParseSet_SameColumnsTwice_Throws()
    {
        IndicatorCatalog.ParseSet("sma:20, sma:50").Count.ShouldBe(2);
        Should.Throw<IndicatorParameterException>(() => IndicatorCatalog.ParseSet("sma:20,ema:20,sma:20")).Value.ShouldBe("sma:20");
    }
}
