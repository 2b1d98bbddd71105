using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Harrier.Api.Hosting;

namespace Harrier.Api.Security;

/// <summary>Where the service may listen: what others can reach crosses no network in clear text, unless a proxy is named that ends TLS before it.</summary>
public static class ListeningRule
{
    /// <summary>The ways out, for whoever is refused.</summary>
    public const string Allowed = "a loopback address such as 127.0.0.1; any other needs TLS: --tls-cert and --tls-key, or --behind-proxy with the address of a proxy that ends it";

    /// <summary>Whether options are refused.</summary>
    public static bool IsRefused(ApiOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return !IPAddress.IsLoopback(options.Bind) && options.Certificate is null && options.Proxies.Count == 0;
    }

    /// <summary>Reads a certificate and its key.</summary>
    /// <param name="certificate">A file in PEM: the certificate, and after it those that vouch for it.</param>
    /// <param name="key">A file in PEM with the private key, which others than its owner cannot read.</param>
    /// <param name="fault">What is wrong; null when nothing is.</param>
    /// <returns>The certificate with its key, which the caller disposes of; null where something is wrong.</returns>
    public static X509Certificate2? Read(string certificate, string key, out (string Field, string Value, string Allowed)? fault)
    {
        fault = null;
        try
        {
            if (!OperatingSystem.IsWindows() && File.Exists(key) && (File.GetUnixFileMode(key) & Foreign) != 0)
            {
                fault = ("tls-key", key, "a file that nobody but its owner can read (chmod 600)");
                return null;
            }

            return X509Certificate2.CreateFromPemFile(certificate, key);
        }
        catch (Exception broken) when (broken is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            fault = ("tls-cert", certificate, $"a certificate in PEM, with --tls-key its private key: {broken.Message.ReplaceLineEndings(" ")}");
            return null;
        }
    }

    private const UnixFileMode Foreign = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
}
