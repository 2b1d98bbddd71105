namespace Harrier.Testnet.Hosting.Admin;

/// <summary>A request to the admin port that cannot be done, answered with problem details (RFC 9457).</summary>
/// <param name="status">HTTP status.</param>
/// <param name="title">What kind of fault.</param>
/// <param name="detail">What was wrong and what is allowed.</param>
public sealed class AdminRequestException(int status, string title, string detail) : Exception(detail)
{
    /// <summary>HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>What kind of fault.</summary>
    public string Title { get; } = title;

    /// <summary>A request that says something that is not allowed.</summary>
    public static AdminRequestException Invalid(string field, string value, string allowed) => new(400, "invalid request", $"{field}: {value}: {allowed}");
}
