using System.Net;
using System.Security.Cryptography.X509Certificates;
using Harrier.Api.People.Google;

namespace Harrier.Api.Hosting;

/// <summary>Where and for whom the service listens.</summary>
public sealed record ApiOptions
{
    /// <summary>Port; 0 picks a free one.</summary>
    /// <value>8000.</value>
    public int Port { get; init; } = 8000;

    /// <summary>Address to listen on. Any but a loopback address needs <see cref="Certificate"/>, or a proxy that ends TLS: <see cref="Security.ListeningRule"/>.</summary>
    /// <value>127.0.0.1.</value>
    public IPAddress Bind { get; init; } = IPAddress.Loopback;

    /// <summary>Host names, beside those of this machine's loopback, by which the service may be asked for. Another name in a request means that a page of somebody else asks.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Networks of proxies that ask for others and are believed.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary>Certificate with its key, for TLS; its owner disposes of it.</summary>
    /// <value>Null: HTTP in clear text.</value>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Requests of one address a second, and at once; those beyond are answered with 429.</summary>
    /// <value>200.</value>
    public int RequestsPerSecond { get; init; } = 200;

    /// <summary>Who may sign in with Google.</summary>
    /// <value>Null: nobody, and Google is not asked.</value>
    public GoogleSignIn? Google { get; init; }

    /// <summary>Version that is told.</summary>
    public required string Version { get; init; }
}
