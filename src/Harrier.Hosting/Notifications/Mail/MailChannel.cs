using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using Harrier.Hosting.Notifications.Settings;

namespace Harrier.Hosting.Notifications.Mail;

/// <summary>Mail by SMTP: what waits goes together in one mail.</summary>
/// <param name="settings">Server, sender and receivers.</param>
/// <param name="time">The wall clock.</param>
public sealed class MailChannel(MailSettings settings, TimeProvider time) : INotificationChannel
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public int MostTogether => 100;

    /// <inheritdoc/>
    public TimeSpan Spacing => TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public async Task<Delivery> SendAsync(ChannelMessage message, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(message);
        using CancellationTokenSource timed = new(Patience, time);
        using CancellationTokenSource ends = CancellationTokenSource.CreateLinkedTokenSource(timed.Token, stop);
        try
        {
            await SendOneAsync(message, ends.Token).ConfigureAwait(false);
            return Delivery.Done;
        }
        catch (SmtpException refused)
        {
            return new Delivery(false, refused.Message, refused.IsFinal);
        }
        catch (SocketException fault)
        {
            return Delivery.Failed($"not reached: {fault.SocketErrorCode}");
        }
        catch (AuthenticationException)
        {
            return Delivery.Refused("the server's certificate is not trusted, or is not for its name");
        }
        catch (CryptographicException)
        {
            return Delivery.Refused("the trusted certificates cannot be read");
        }
        catch (IOException)
        {
            return Delivery.Failed("the connection broke");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return Delivery.Failed("no answer in time");
        }
    }

    /// <summary>Nothing is kept between two mails.</summary>
    public void Dispose()
    {
    }

    private async Task SendOneAsync(ChannelMessage message, CancellationToken stop)
    {
        string first = message.Texts[0].Split('\n')[0];
        string subject = message.Texts.Count == 1 ? $"[harrier] {first}" : FormattableString.Invariant($"[harrier] {first} (+{message.Texts.Count - 1})");
        string mail = new MailText(settings.From, settings.To, subject, message.Text).Write(message.Notifications[0].Id, time.GetUtcNow());
        SmtpSession session = await SmtpSession.OpenAsync(settings, stop).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            await session.SendAsync(settings.From, settings.To, mail, stop).ConfigureAwait(false);

            // From here on the mail is the server's: whatever breaks now must not send it twice.
            try
            {
                await session.QuitAsync(stop).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is IOException or OperationCanceledException)
            {
                // It hung up first.
            }
        }
    }
}
