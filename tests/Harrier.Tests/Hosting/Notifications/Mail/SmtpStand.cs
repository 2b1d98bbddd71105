using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Harrier.Tests.Hosting.Notifications.Mail;

/// <summary>A mail server on a port of loopback: it keeps every line that it hears, encrypts when it is asked to, and answers by RFC 5321 unless told otherwise.</summary>
internal sealed class SmtpStand : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly CancellationTokenSource _ends = new();
    private readonly Task _serving;

    public SmtpStand()
    {
        _certificate = MakeCertificate();
        _listener.Start();
        _serving = Task.Run(ServeAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The certificate, to be trusted.</summary>
    public string Pem => _certificate.ExportCertificatePem();

    /// <summary>What is offered after EHLO.</summary>
    public string[] Offers { get; init; } = ["STARTTLS", "AUTH PLAIN LOGIN"];

    /// <summary>True to speak TLS from the first byte.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>Answers in place of the usual ones, by the beginning of a line.</summary>
    public Dictionary<string, string> Instead { get; } = new(StringComparer.Ordinal);

    /// <summary>Lines that were heard; those after STARTTLS begin with <c>tls </c>.</summary>
    public ConcurrentQueue<string> Heard { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _ends.CancelAsync();
        _listener.Dispose();
        await _serving;
        _certificate.Dispose();
        _ends.Dispose();
    }

    private static X509Certificate2 MakeCertificate()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_ends.Token);
                try
                {
                    await TalkAsync(client.GetStream());
                }
                catch (Exception broken) when (broken is IOException or System.Security.Authentication.AuthenticationException)
                {
                    // The other side hung up, or does not trust us.
                }
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(Stream stream)
    {
        await using Stream? encrypted = IsEncrypted ? await EncryptAsync(stream) : null;
        string mark = IsEncrypted ? "tls " : "";
        using Lines lines = new(encrypted ?? stream);
        await lines.WriteAsync(Instead.GetValueOrDefault("", "220 stand ESMTP"));
        bool isData = false;
        while (await lines.ReadAsync(_ends.Token) is { } line)
        {
            Heard.Enqueue(mark + line);
            if (isData && line != ".")
            {
                continue;
            }

            await lines.WriteAsync(AnswerOf(line));
            isData = line == "DATA";
            if (line == "STARTTLS" && !Instead.ContainsKey("STARTTLS"))
            {
                lines.Stream = await EncryptAsync(lines.Stream);
                mark = "tls ";
            }
        }
    }

    private string AnswerOf(string line)
    {
        foreach ((string beginning, string answer) in Instead)
        {
            if (beginning.Length > 0 && line.StartsWith(beginning, StringComparison.Ordinal))
            {
                return answer;
            }
        }

        return line.Split(' ')[0] switch
        {
            "EHLO" => string.Concat(Offers.Select(static offer => $"250-{offer}\r\n").Prepend("250-stand\r\n")) + "250 8BITMIME",
            "STARTTLS" => "220 go ahead",
            "AUTH" when line == "AUTH LOGIN" => "334 VXNlcm5hbWU6",
            "AUTH" => "235 welcome",
            "DATA" => "354 go on",
            "QUIT" => "221 bye",
            "." or "MAIL" or "RCPT" => "250 ok",
            _ => "334 UGFzc3dvcmQ6",
        };
    }

    private async Task<Stream> EncryptAsync(Stream plain)
    {
        SslStream encrypted = new(plain);
        await encrypted.AuthenticateAsServerAsync(_certificate);
        return encrypted;
    }

    /// <summary>Lines, read a byte at a time so that nothing behind STARTTLS is taken too early.</summary>
    private sealed class Lines(Stream stream) : IDisposable
    {
        public Stream Stream { get; set; } = stream;

        public async Task<string?> ReadAsync(CancellationToken stop)
        {
            List<byte> line = [];
            byte[] one = new byte[1];
            while (await Stream.ReadAsync(one, stop) > 0)
            {
                if (one[0] == '\n')
                {
                    return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
                }

                line.Add(one[0]);
            }

            return null;
        }

        public async Task WriteAsync(string text) => await Stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"));

        public void Dispose() => Stream.Dispose();
    }
}
