namespace Harrier.Api.People;

/// <summary>What became of a change of users.</summary>
public enum UserChange
{
    /// <summary>It was done.</summary>
    Done = 0,

    /// <summary>There is nobody or nothing by that name.</summary>
    Missing = 1,

    /// <summary>It would have left nobody who may administer; nothing was changed.</summary>
    LastAdministrator = 2,

    /// <summary>It makes no sense for this user; nothing was changed.</summary>
    Senseless = 3,
}
