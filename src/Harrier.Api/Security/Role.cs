namespace Harrier.Api.Security;

/// <summary>What somebody may do; each may do what those before it may.</summary>
public enum Role
{
    /// <summary>Look.</summary>
    Viewer = 0,

    /// <summary>Steer bots.</summary>
    Trader = 1,

    /// <summary>Change the configuration, keys and users.</summary>
    Admin = 2,
}
