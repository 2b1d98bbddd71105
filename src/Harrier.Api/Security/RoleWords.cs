namespace Harrier.Api.Security;

/// <summary>Roles as people write them.</summary>
public static class RoleWords
{
    /// <summary>All of them, the least first.</summary>
    public static IReadOnlyDictionary<string, Role> All { get; } = new Dictionary<string, Role>(StringComparer.Ordinal) { ["viewer"] = Role.Viewer, ["trader"] = Role.Trader, ["admin"] = Role.Admin };

    /// <summary>The word of a role.</summary>
    public static string Of(Role role) => role.ToString().ToLowerInvariant();
}
