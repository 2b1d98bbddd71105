using Harrier.Engine.Strategies;

namespace Harrier.Hosting.Accounts;

/// <summary>Stands in the place of a bot that was removed: ids of bots are places in a list.</summary>
internal sealed class RemovedStrategy : Strategy;
