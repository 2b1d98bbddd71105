using Harrier.Hosting.Configuration;
using Harrier.Storage.Sessions;

namespace Harrier.Hosting.Changes;

/// <summary>What the configuration said of an account when it was last read, beside the account's sessions: what it says otherwise at the next reading is new.</summary>
public static class ConfiguredFile
{
    /// <summary>Reads it.</summary>
    /// <param name="home">The folder of all state.</param>
    /// <param name="account">The account's name.</param>
    /// <param name="reader">Reads settings with the strategies of this program.</param>
    /// <returns>The settings; null when there are none, or they name what this program does not have.</returns>
    public static AccountSettings? Read(string home, string account, SettingsReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        try
        {
            return new SessionFolder(Path.Combine(home, "accounts", account)).Configured is { } text ? reader.ReadAccount(ConfigurationTree.Parse("configured.json", text)) : null;
        }
        catch (ConfigurationException)
        {
            return null;
        }
    }

    /// <summary>Writes it and brings it to disk.</summary>
    /// <exception cref="IOException">It could not be written; what was there stays.</exception>
    public static void Write(string home, AccountSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        new SessionFolder(Path.Combine(home, "accounts", settings.Name)).Configured = SettingsText.Of(settings).ToJsonString();
    }
}
