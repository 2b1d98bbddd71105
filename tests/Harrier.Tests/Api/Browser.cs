using System.Net;
using System.Text.RegularExpressions;

namespace Harrier.Tests.Api;

/// <summary>A browser as far as the service sees: it keeps a cookie, follows redirects and asks for pages.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly Uri _address;
    private readonly CookieContainer _cookies = new();
    private readonly HttpClientHandler _handler;
    private readonly HttpClient _http;

    public Browser(Uri address, string? cookie = null)
    {
        _address = address;
        if (cookie is not null)
        {
            _cookies.Add(address, new Cookie("harrier_session", cookie));
        }

        _handler = new HttpClientHandler { CookieContainer = _cookies, CheckCertificateRevocationList = true };
        _http = new HttpClient(_handler);
        _http.DefaultRequestHeaders.Add("Accept", "text/html");
    }

    public string Cookie => _cookies.GetCookies(_address)["harrier_session"]!.Value;

    public async Task<(HttpStatusCode Status, string Text)> GetAsync(string path)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(_address, path));
        if (path.StartsWith("/api", StringComparison.Ordinal))
        {
            request.Headers.Accept.ParseAdd("application/json");
        }

        return await SendAsync(request);
    }

    public async Task<(HttpStatusCode Status, string Text)> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(_address, path));
        request.Headers.Add("Origin", _address.GetLeftPart(UriPartial.Authority));
        request.Content = new FormUrlEncodedContent(fields.Select(static field => KeyValuePair.Create(field.Name, field.Value)));
        return await SendAsync(request);
    }

    /// <summary>Goes where it is sent, so many times, and says where it is sent then.</summary>
    public async Task<string> StepsAsync(string path, int steps)
    {
        using HttpClientHandler handler = new() { CookieContainer = _cookies, AllowAutoRedirect = false, CheckCertificateRevocationList = true };
        using HttpClient http = new(handler);
        Uri next = new(_address, path);
        for (int i = 0; i < steps; i++)
        {
            using HttpResponseMessage response = await http.GetAsync(next, TestContext.Current.CancellationToken);
            next = response.Headers.Location.ShouldNotBeNull();
        }

        return next.ToString();
    }

    public async Task<HttpStatusCode> OrderAsync(string path, string csrf, string? origin)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(_address, path));
        request.Headers.Add("X-CSRF-Token", csrf);
        request.Headers.Add("Origin", origin ?? _address.GetLeftPart(UriPartial.Authority));
        return (await SendAsync(request)).Status;
    }

    public static string CsrfOf(string page) => CsrfField().Match(page).Groups[1].Value;

    public void Dispose()
    {
        _http.Dispose();
        _handler.Dispose();
    }

    private async Task<(HttpStatusCode Status, string Text)> SendAsync(HttpRequestMessage request)
    {
        using HttpResponseMessage response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [GeneratedRegex("name=\"csrf\" value=\"([0-9a-f]{64})\"")]
    private static partial Regex CsrfField();
}
