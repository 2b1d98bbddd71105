using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Harrier.Exchanges;

namespace Harrier.Hosting.Keys;

/// <summary>
/// Keys of exchanges in a file of a home, each encrypted for itself with AES-256-GCM, a random nonce of 12 bytes and its id and venue as what is authenticated besides. The key of the vault is 32 bytes in
/// base64: of the environment (<see cref="Variable"/>), or of a file beside it that is made at the first use and nobody but its owner can read. A key is never given to anybody but an account.
/// </summary>
/// <param name="home">The folder of all state.</param>
/// <param name="variable">The value of <see cref="Variable"/>; null where it is not set.</param>
public sealed class KeyVault(string home, string? variable)
{
    /// <summary>Name of the variable with the key of the vault.</summary>
    public const string Variable = "ENCRYPTION_KEY";

    /// <summary>With what <c>key_file</c> of an account names a key of the vault.</summary>
    public const string Prefix = "stored:";

    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int KeyBytes = 32;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly Lock _gate = new();

    private string KeysFile => Path.Combine(home, "keys.json");

    private string OwnKeyFile => Path.Combine(home, "keys.key");

    /// <summary>The keys, oldest first, masked.</summary>
    /// <exception cref="InvalidDataException">The file is not what this program writes.</exception>
    public IReadOnlyList<StoredKey> All()
    {
        lock (_gate)
        {
            return [.. Read().Select(static one => one.Shown)];
        }
    }

    /// <summary>Keeps a key.</summary>
    /// <returns>It, masked.</returns>
    /// <exception cref="InvalidDataException">The key of the vault is not usable, or the file not what this program writes.</exception>
    /// <exception cref="IOException">It could not be written.</exception>
    public StoredKey Add(string venue, string label, ApiCredentials credentials, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        lock (_gate)
        {
            StoredKey shown = new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)), venue, label, credentials.MaskedKey, now);
            byte[] plain = JsonSerializer.SerializeToUtf8Bytes(new Pair(credentials.Key, credentials.Secret.Reveal()));
            byte[] nonce = RandomNumberGenerator.GetBytes(NonceBytes);
            byte[] sealedBytes = new byte[plain.Length];
            byte[] tag = new byte[TagBytes];
            byte[] own = OwnKey(mayMake: true);
            try
            {
                using AesGcm cipher = new(own, TagBytes);
                cipher.Encrypt(nonce, plain, sealedBytes, tag, Bound(shown));
            }
            finally
            {
                CryptographicOperations.ZeroMemory(plain);
                CryptographicOperations.ZeroMemory(own);
            }

            Save([.. Read(), new Entry(shown, Convert.ToBase64String(nonce), Convert.ToBase64String(tag), Convert.ToBase64String(sealedBytes))]);
            return shown;
        }
    }

    /// <summary>Forgets a key.</summary>
    /// <returns>False where there is none of this id.</returns>
    public bool Remove(string id)
    {
        lock (_gate)
        {
            IReadOnlyList<Entry> all = Read();
            if (all.All(one => one.Shown.Id != id))
            {
                return false;
            }

            Save([.. all.Where(one => one.Shown.Id != id)]);
            return true;
        }
    }

    /// <summary>Gives a key to the account that uses it.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>Venue and key; null where there is none of this id.</returns>
    /// <exception cref="InvalidDataException">It was changed, or sealed with another key of the vault.</exception>
    public (string Venue, ApiCredentials Credentials)? Open(string id)
    {
        lock (_gate)
        {
            if (Read().FirstOrDefault(one => one.Shown.Id == id) is not { } entry)
            {
                return null;
            }

            byte[] own = OwnKey(mayMake: false);
            try
            {
                byte[] plain = new byte[Convert.FromBase64String(entry.Sealed).Length];
                using AesGcm cipher = new(own, TagBytes);
                cipher.Decrypt(Convert.FromBase64String(entry.Nonce), Convert.FromBase64String(entry.Sealed), Convert.FromBase64String(entry.Tag), plain, Bound(entry.Shown));
                Pair pair = JsonSerializer.Deserialize<Pair>(plain)!;
                CryptographicOperations.ZeroMemory(plain);
                return (entry.Shown.Venue, new ApiCredentials(pair.Key, new Secret(pair.Secret)));
            }
            catch (Exception broken) when (broken is CryptographicException or FormatException or JsonException)
            {
                throw new InvalidDataException($"{KeysFile}: key {id} cannot be opened: it was changed, or {Variable} is not the one that it was sealed with");
            }
            finally
            {
                CryptographicOperations.ZeroMemory(own);
            }
        }
    }

    private static byte[] Bound(StoredKey shown) => Encoding.UTF8.GetBytes($"{shown.Id}\n{shown.Venue}");

    private byte[] OwnKey(bool mayMake)
    {
        if (variable is null && mayMake && !File.Exists(OwnKeyFile))
        {
            OwnerFile.Write(OwnKeyFile, Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes))));
        }

        try
        {
            byte[] own = Convert.FromBase64String((variable ?? File.ReadAllText(OwnKeyFile)).Trim());
            return own.Length == KeyBytes ? own : throw new FormatException();
        }
        catch (Exception broken) when (broken is FormatException or FileNotFoundException)
        {
            throw new InvalidDataException($"{(variable is null ? OwnKeyFile : Variable)}: {KeyBytes} bytes in base64, such as openssl rand -base64 {KeyBytes} makes");
        }
    }

    private IReadOnlyList<Entry> Read()
    {
        try
        {
            return File.Exists(KeysFile) ? JsonSerializer.Deserialize<List<Entry>>(File.ReadAllText(KeysFile), Json) ?? [] : [];
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{KeysFile}: keys as this program writes them: {broken.Message}");
        }
    }

    private void Save(IReadOnlyList<Entry> all) => OwnerFile.Write(KeysFile, all, Json);

    private sealed record Pair(string Key, string Secret);

    private sealed record Entry(StoredKey Shown, string Nonce, string Tag, string Sealed);
}
