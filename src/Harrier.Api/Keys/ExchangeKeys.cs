using Harrier.Api.Hosting;
using Harrier.Exchanges;
using Harrier.Hosting.Keys;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.Keys;

/// <summary>A key of an exchange, as guide 000 has it.</summary>
/// <param name="Exchange">Whose: a venue, or the house of several.</param>
/// <param name="ApiKey">The key.</param>
/// <param name="ApiSecret">Its secret; given to nobody again.</param>
/// <param name="Label">What its owner calls it, in up to 40 characters.</param>
public sealed record ExchangeKeyBody(string? Exchange = null, string? ApiKey = null, string? ApiSecret = null, string? Label = null)
{
    /// <summary>Never shows what it holds.</summary>
    public override string ToString() => $"{nameof(ExchangeKeyBody)} {{ *** }}";
}

/// <summary>A key that was stored.</summary>
/// <param name="Status"><c>STORED_SECURE</c>.</param>
/// <param name="Id">What it is known by.</param>
public sealed record KeyStoredAnswer(string Status, string Id);

/// <summary><c>/exchange/keys</c>: keys of exchanges are taken in and encrypted, listed masked, forgotten, and never returned.</summary>
internal static class ExchangeKeys
{
    private const int LongestKey = 4096;
    private const int LongestLabel = 40;

    /// <summary>Lists the keys, masked.</summary>
    public static Ok<IReadOnlyList<StoredKey>> List(KeyVault vault) => TypedResults.Ok(vault.All());

    /// <summary>Takes a key in.</summary>
    public static Results<Ok<KeyStoredAnswer>, ValidationProblem, ProblemHttpResult> Add(ExchangeKeyBody body, KeyVault vault, ApiSources sources)
    {
        Faults faults = new();
        string venue = (body.Exchange ?? "").ToLowerInvariant();
        if (!sources.Venues.Contains(venue))
        {
            faults.Add("exchange", body.Exchange, "one of " + string.Join(", ", sources.Venues));
        }

        // What stands there may be a secret: it is not repeated.
        foreach ((string field, string? value) in ((string, string?)[])[("api_key", body.ApiKey), ("api_secret", body.ApiSecret)])
        {
            if (value is not { Length: > 0 and <= LongestKey } || value.Any(static letter => char.IsControl(letter) || letter == ' '))
            {
                faults.Add(field, value is null ? null : "***", $"1 to {LongestKey} characters without spaces");
            }
        }

        if (body.Label is { } label && (label.Length > LongestLabel || label.Any(char.IsControl)))
        {
            faults.Add("label", label, $"up to {LongestLabel} characters on one line");
        }

        if (!faults.IsEmpty)
        {
            return faults.Problem;
        }

        try
        {
            StoredKey stored = vault.Add(venue, body.Label ?? "", new ApiCredentials(body.ApiKey!, new Secret(body.ApiSecret!)), sources.Time.GetUtcNow());
            return TypedResults.Ok(new KeyStoredAnswer("STORED_SECURE", stored.Id));
        }
        catch (InvalidDataException wrong)
        {
            return TypedResults.Problem(wrong.Message, statusCode: StatusCodes.Status409Conflict);
        }
    }

    /// <summary>Forgets a key. An account that uses it goes on until its next start.</summary>
    public static Results<NoContent, ProblemHttpResult> Remove(string id, KeyVault vault) =>
        vault.Remove(id) ? TypedResults.NoContent() : TypedResults.Problem($"id: {Shown.Of(id)}: the id of a stored key", statusCode: StatusCodes.Status404NotFound);
}
