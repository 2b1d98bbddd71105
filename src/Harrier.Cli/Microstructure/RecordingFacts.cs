using System.Globalization;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Storage.Recording;

namespace Harrier.Cli.Microstructure;

/// <summary>Whose messages a recording holds, of which symbol, and on which grid: what its first messages show, unless told otherwise.</summary>
/// <param name="Venue">Full name of the venue whose words the messages are.</param>
/// <param name="Instrument">The symbol with its grid; of the built-in exchange its venue begins with <c>sim-</c>.</param>
/// <param name="Reading">What of the recording is about it.</param>
internal sealed record RecordingFacts(string Venue, Instrument Instrument, RecordingReadOptions Reading)
{
    private const int Looked = 3000;

    /// <summary>Looks at a recording.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wanted">What was said about it.</param>
    /// <exception cref="InputException">It holds no message of trades or books, or not of the symbol.</exception>
    public static RecordingFacts Read(string path, RecordingWish wanted)
    {
        string? owner = RecordedVenues.Choose(path, wanted);
        RecordingReadOptions reading = RecordedVenues.ReadingOf(path, owner, wanted.Symbol);
        Look look = new(wanted.Symbol);
        foreach ((_, byte[] message) in RecordedMessages.Read(path, reading).Take(Looked))
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(message);
                look.At(message, document.RootElement);
            }
            catch (JsonException)
            {
                // The decoder counts it.
            }
        }

        if (look.Symbols.Count == 0)
        {
            throw new InputException("data", path, "recorded messages of trades or books, one a line as <unix ns> <json>, plain or gz");
        }

        if (wanted.Symbol is { } symbol && !look.Symbols.Contains(symbol))
        {
            throw new InputException("symbol", symbol, "one of the recording: " + string.Join(", ", look.Symbols.Order(StringComparer.Ordinal)));
        }

        if (wanted.Symbol is null && look.Symbols.Count > 1)
        {
            throw new InputException("symbol", "none given", "one of the recording: " + string.Join(", ", look.Symbols.Order(StringComparer.Ordinal)));
        }

        string found = wanted.Symbol ?? look.Symbols.First();
        string words = RecordedVenues.WordsOf(owner ?? wanted.Venue) ?? look.Venue;
        return new RecordingFacts(words, new Instrument(new InstrumentId(0), Define(owner ?? words, found, look, wanted)), RecordedVenues.ReadingOf(path, owner, found));
    }

    private static InstrumentDefinition Define(string venue, string symbol, Look look, RecordingWish wanted)
    {
        if (!SymbolText.TryParse(symbol, out Asset asset, out Asset quote))
        {
            throw new InputException("symbol", symbol, "a symbol that ends with a known quote asset, such as BTCUSDT");
        }

        return new InstrumentDefinition
        {
            Venue = new VenueId(venue),
            Symbol = symbol,
            Kind = venue.EndsWith("-spot", StringComparison.Ordinal) ? InstrumentKind.Spot : InstrumentKind.LinearPerpetual,
            Base = asset,
            Quote = quote,
            TickSize = wanted.Tick ?? Step(look.PriceDecimals),
            LotSize = wanted.Lot ?? Step(look.SizeDecimals),
        };
    }

    private static decimal Step(int decimals)
    {
        decimal step = 1;
        for (int i = 0; i < decimals; i++)
        {
            step /= 10;
        }

        return step;
    }

    /// <summary>What was seen so far.</summary>
    private sealed class Look(string? wanted)
    {
        private bool _hasVenue;

        public HashSet<string> Symbols { get; } = new(StringComparer.Ordinal);

        public int PriceDecimals { get; private set; }

        public int SizeDecimals { get; private set; }

        /// <summary>The first venue that a message was recognized as; the program's first where none was.</summary>
        public string Venue { get; private set; } = Composition.Exchanges.Venues[0];

        public void At(ReadOnlySpan<byte> message, JsonElement root)
        {
            if (!_hasVenue && Composition.Exchanges.Recognize(message) is { } venue)
            {
                Venue = venue;
                _hasVenue = true;
            }

            if (root.ValueKind != JsonValueKind.Object)
            {
                return;
            }

            JsonElement data = root.TryGetProperty("data", out JsonElement inner) ? inner : root;
            foreach (JsonElement one in data.ValueKind == JsonValueKind.Array ? [.. data.EnumerateArray()] : (JsonElement[])[data])
            {
                One(one);
            }
        }

        private void One(JsonElement message)
        {
            if (message.ValueKind != JsonValueKind.Object)
            {
                return;
            }

            bool isTold = message.TryGetProperty("s", out JsonElement name) && name.ValueKind == JsonValueKind.String;
            if (isTold)
            {
                Symbols.Add(name.GetString()!);
            }

            if (!isTold || wanted is null || name.GetString() == wanted)
            {
                Levels(message, "b", "a", "bids", "asks");
                PriceDecimals = Math.Max(PriceDecimals, Decimals(message, "p"));
                SizeDecimals = Math.Max(SizeDecimals, Math.Max(Decimals(message, "q"), Decimals(message, "v")));
            }
        }

        private void Levels(JsonElement message, params ReadOnlySpan<string> sides)
        {
            foreach (string side in sides)
            {
                if (!message.TryGetProperty(side, out JsonElement rows) || rows.ValueKind != JsonValueKind.Array)
                {
                    continue;
                }

                foreach (JsonElement row in rows.EnumerateArray().Where(row => row.ValueKind == JsonValueKind.Array && row.GetArrayLength() >= 2))
                {
                    PriceDecimals = Math.Max(PriceDecimals, Decimals(row[0]));
                    SizeDecimals = Math.Max(SizeDecimals, Decimals(row[1]));
                }
            }
        }

        private static int Decimals(JsonElement message, string key) => message.TryGetProperty(key, out JsonElement number) ? Decimals(number) : 0;

        private static int Decimals(JsonElement number)
        {
            string text = number.ValueKind == JsonValueKind.String ? number.GetString()! : number.GetRawText();
            int point = text.IndexOf('.', StringComparison.Ordinal);
            return point < 0 || !decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? 0 : Math.Min(10, text.AsSpan(point + 1).TrimEnd('0').Length);
        }
    }
}

/// <summary>What was said about a recording; null is for it to show.</summary>
/// <param name="Venue">The venue's full name.</param>
/// <param name="Symbol">The venue's symbol.</param>
/// <param name="Tick">Size of a tick.</param>
/// <param name="Lot">Size of a lot.</param>
internal sealed record RecordingWish(string? Venue = null, string? Symbol = null, decimal? Tick = null, decimal? Lot = null);
