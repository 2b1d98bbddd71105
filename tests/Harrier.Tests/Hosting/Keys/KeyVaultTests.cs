using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Harrier.Exchanges;
using Harrier.Hosting.Keys;
using Harrier.Tests.Support;

namespace Harrier.Tests.Hosting.Keys;

/// <summary>Keys at rest: sealed each for itself, opened by nobody without the key of the vault, and not at all once a byte was changed.</summary>
public sealed class KeyVaultTests : IDisposable
{
    private const string Secret = "canary-secret-5566";
    private static readonly ApiCredentials Canary = new("canary-key-112233", new Secret(Secret));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_AfterAdd_GivesTheKeyBack_AndNoFileHoldsItInTheClear()
    {
        StoredKey stored = new KeyVault(_folder.Path, null).Add("sim-x", "mine", Canary, default);

        KeyVault again = new(_folder.Path, null);
        again.All().ShouldBe([stored]);
        stored.MaskedKey.ShouldBe("cana***");
        (string venue, ApiCredentials credentials) = again.Open(stored.Id).ShouldNotBeNull();
        (venue, credentials.Key, credentials.Secret.Reveal()).ShouldBe(("sim-x", Canary.Key, Secret));
        foreach (string file in Directory.GetFiles(_folder.Path))
        {
            File.ReadAllText(file).ShouldNotContain("canary-");
            if (!OperatingSystem.IsWindows())
            {
                File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
            }
        }
    }

    [Fact]
    public void Open_OfWhatWasChanged_IsRefused_WhicheverPart()
    {
        StoredKey stored = new KeyVault(_folder.Path, null).Add("sim-x", "", Canary, default);
        string file = Path.Combine(_folder.Path, "keys.json");
        string original = File.ReadAllText(file);
        foreach (Action<JsonNode> change in (Action<JsonNode>[])[Flip("nonce"), Flip("tag"), Flip("sealed"), static entry => entry["shown"]!["venue"] = "sim-y"])
        {
            JsonArray entries = JsonNode.Parse(original)!.AsArray();
            change(entries[0]!);
            File.WriteAllText(file, entries.ToJsonString());
            Should.Throw<InvalidDataException>(() => new KeyVault(_folder.Path, null).Open(stored.Id)).Message.ShouldContain("cannot be opened");
        }

        static Action<JsonNode> Flip(string part) => entry =>
        {
            byte[] bytes = Convert.FromBase64String((string)entry[part]!);
            bytes[^1] ^= 1;
            entry[part] = Convert.ToBase64String(bytes);
        };
    }

    [Fact]
    public void Open_WithAnotherKeyOfTheVault_IsRefused_AndTheSameOneTwiceSealsDifferently()
    {
        string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        KeyVault vault = new(_folder.Path, key);
        StoredKey one = vault.Add("sim-x", "", Canary, default);
        vault.Add("sim-x", "", Canary, default);
        JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.Path, "keys.json")))!.AsArray().Select(static entry => (string)entry!["sealed"]!).Distinct().Count().ShouldBe(2);
        File.Exists(Path.Combine(_folder.Path, "keys.key")).ShouldBeFalse("the environment has the key");

        Should.Throw<InvalidDataException>(() => new KeyVault(_folder.Path, Convert.ToBase64String(new byte[32])).Open(one.Id));
        Should.Throw<InvalidDataException>(() => new KeyVault(_folder.Path, "short").Open(one.Id)).Message.ShouldStartWith("ENCRYPTION_KEY: 32 bytes in base64");
        vault.Open(one.Id).ShouldNotBeNull();
        vault.Remove(one.Id).ShouldBeTrue();
        (vault.Remove(one.Id), vault.Open(one.Id)).ShouldBe((false, null));
    }
}
