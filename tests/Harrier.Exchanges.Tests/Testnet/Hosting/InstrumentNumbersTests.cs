using System.Text;
using System.Text.Json;
using Harrier.Testnet.Hosting;

namespace Harrier.Exchanges.Tests.Testnet.Hosting;

public sealed class InstrumentNumbersTests
{
    [Theory]
    [InlineData("0.000000005", "0.00000000")]
    [InlineData("0.000000015", "0.00000002")]
    [InlineData("-0.000000015", "-0.00000002")]
    [InlineData("99998.759438325", "99998.75943832")]
    [InlineData("1", "1.00000000")]
    public void WriteMoney_HalfOfTheLastDigit_IsRoundedAsDecimalRoundDoes(string amount, string expected)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteMoney("m"u8, decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        Encoding.UTF8.GetString(stream.ToArray()).ShouldBe($$"""{"m":"{{expected}}"}""");
    }
}
