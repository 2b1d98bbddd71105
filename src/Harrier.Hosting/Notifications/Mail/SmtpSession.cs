using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Harrier.Hosting.Notifications.Settings;

namespace Harrier.Hosting.Notifications.Mail;

/// <summary>
/// One conversation with a mail server (RFC 5321, STARTTLS by RFC 3207, AUTH by RFC 4954). It stands in for MailKit, which is not to be had here: whoever adopts it changes
/// this folder alone.
/// </summary>
internal sealed class SmtpSession : IAsyncDisposable
{
    private const int LongestLine = 2048;
    private const int MostLines = 100;
    private const int LongestReason = 200;

    private readonly MailSettings _settings;
    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[LongestLine];
    private Stream _stream;
    private int _filled;
    private IReadOnlyList<string> _offers = [];

    private SmtpSession(MailSettings settings, Socket socket, NetworkStream stream) => (_settings, _socket, _stream) = (settings, socket, stream);

    /// <summary>Connects, encrypts and signs in as the settings say.</summary>
    /// <exception cref="SmtpException">The server refuses, or does not offer what is asked for.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="SocketException">The server is not reached.</exception>
    /// <exception cref="AuthenticationException">Its certificate is not trusted.</exception>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The session owns socket and stream; where there is no session, they are disposed of.")]
    public static async Task<SmtpSession> OpenAsync(MailSettings settings, CancellationToken stop)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(settings.Host, settings.Port, stop).ConfigureAwait(false);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        SmtpSession session = new(settings, socket, new NetworkStream(socket, ownsSocket: true));
        try
        {
            await session.BeginAsync(stop).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Sends one mail.</summary>
    /// <exception cref="SmtpException">The server refuses the sender, a receiver or the mail.</exception>
    public async Task SendAsync(string from, IReadOnlyList<string> to, string mail, CancellationToken stop)
    {
        await AskAsync($"MAIL FROM:<{from}>", "the sender", stop).ConfigureAwait(false);
        foreach (string receiver in to)
        {
            await AskAsync($"RCPT TO:<{receiver}>", "a receiver", stop).ConfigureAwait(false);
        }

        await AskAsync("DATA", "the mail", stop).ConfigureAwait(false);

        // No line of a mail begins with a dot: its headers do not, and Base64 has none.
        await AskAsync(mail + ".", "the mail", stop).ConfigureAwait(false);
    }

    /// <summary>Says goodbye; what the server answers does not matter any more.</summary>
    public Task QuitAsync(CancellationToken stop) => WriteAsync("QUIT", stop);

    /// <summary>Ends the connection.</summary>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task BeginAsync(CancellationToken stop)
    {
        if (_settings.Security == MailSecurity.Tls)
        {
            await EncryptAsync(stop).ConfigureAwait(false);
        }

        Judge(await ReadAsync(stop).ConfigureAwait(false), "the connection");
        await GreetAsync(stop).ConfigureAwait(false);
        if (_settings.Security == MailSecurity.StartTls)
        {
            // A server, or somebody between, that does not offer it would have us go on in clear text.
            if (!_offers.Contains("STARTTLS", StringComparer.OrdinalIgnoreCase))
            {
                throw new SmtpException("the server does not offer STARTTLS", isFinal: true);
            }

            await AskAsync("STARTTLS", "STARTTLS", stop).ConfigureAwait(false);
            if (_filled > 0)
            {
                throw new SmtpException("the server went on in clear text after STARTTLS", isFinal: true);
            }

            await EncryptAsync(stop).ConfigureAwait(false);
            await GreetAsync(stop).ConfigureAwait(false);
        }

        if (_settings.User is { } user)
        {
            await SignInAsync(user, _settings.Password!.Value.Reveal(), stop).ConfigureAwait(false);
        }
    }

    private async Task GreetAsync(CancellationToken stop)
    {
        IPAddress own = ((IPEndPoint)_socket.LocalEndPoint!).Address;
        string name = own.IsIPv4MappedToIPv6 ? own.MapToIPv4().ToString() : own.AddressFamily == AddressFamily.InterNetworkV6 ? $"IPv6:{own}" : own.ToString();
        SmtpReply reply = await AskAsync($"EHLO [{name}]", "the greeting", stop).ConfigureAwait(false);
        _offers = [.. reply.Lines.Skip(1)];
    }

    private async Task SignInAsync(string user, string password, CancellationToken stop)
    {
        string[] ways = [.. _offers.Where(static line => line.StartsWith("AUTH ", StringComparison.OrdinalIgnoreCase)).SelectMany(static line => line.ToUpperInvariant().Split(' ').Skip(1))];
        if (ways.Contains("PLAIN"))
        {
            await AskAsync("AUTH PLAIN " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{user}\0{password}")), "user and password", stop).ConfigureAwait(false);
        }
        else if (ways.Contains("LOGIN"))
        {
            await AskAsync("AUTH LOGIN", "the user", stop).ConfigureAwait(false);
            await AskAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(user)), "the user", stop).ConfigureAwait(false);
            await AskAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(password)), "user and password", stop).ConfigureAwait(false);
        }
        else
        {
            throw new SmtpException("the server offers neither AUTH PLAIN nor AUTH LOGIN", isFinal: true);
        }
    }

    private async Task EncryptAsync(CancellationToken stop)
    {
        SslStream encrypted = new(_stream, leaveInnerStreamOpen: false);
        _stream = encrypted;
        SslClientAuthenticationOptions options = new() { TargetHost = _settings.Host };
        if (_settings.TrustedCertificates is { } file)
        {
            X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPemFile(file);
            options.CertificateChainPolicy = policy;
        }

        await encrypted.AuthenticateAsClientAsync(options, stop).ConfigureAwait(false);
    }

    private async Task<SmtpReply> AskAsync(string command, string about, CancellationToken stop)
    {
        await WriteAsync(command, stop).ConfigureAwait(false);
        SmtpReply reply = await ReadAsync(stop).ConfigureAwait(false);
        Judge(reply, about);
        return reply;
    }

    private async Task WriteAsync(string command, CancellationToken stop)
    {
        await _stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), stop).ConfigureAwait(false);
        await _stream.FlushAsync(stop).ConfigureAwait(false);
    }

    private static void Judge(SmtpReply reply, string about)
    {
        if (reply.Code is < 200 or >= 400)
        {
            string words = string.Join(' ', reply.Lines);
            string said = words.Length <= LongestReason ? words : words[..LongestReason];
            throw new SmtpException(string.Create(CultureInfo.InvariantCulture, $"the server refuses {about}: {reply.Code} {said}"), reply.Code >= 500);
        }
    }

    private async Task<SmtpReply> ReadAsync(CancellationToken stop)
    {
        List<string> lines = [];
        while (lines.Count < MostLines)
        {
            string line = await ReadLineAsync(stop).ConfigureAwait(false);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int code))
            {
                break;
            }

            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] != '-')
            {
                return new SmtpReply(code, lines);
            }
        }

        throw new SmtpException("the server does not speak SMTP", isFinal: false);
    }

    private async Task<string> ReadLineAsync(CancellationToken stop)
    {
        int end;
        while ((end = _buffer.AsSpan(0, _filled).IndexOf("\r\n"u8)) < 0)
        {
            if (_filled == _buffer.Length)
            {
                throw new SmtpException("a line that is too long", isFinal: false);
            }

            int read = await _stream.ReadAsync(_buffer.AsMemory(_filled), stop).ConfigureAwait(false);
            _filled += read > 0 ? read : throw new IOException("the connection broke");
        }

        string line = Encoding.ASCII.GetString(_buffer, 0, end);
        _buffer.AsSpan(end + 2, _filled - end - 2).CopyTo(_buffer);
        _filled -= end + 2;
        return line;
    }
}
