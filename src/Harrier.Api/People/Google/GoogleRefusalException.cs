using Microsoft.AspNetCore.Authentication;

namespace Harrier.Api.People.Google;

/// <summary>Google sent somebody, and what it said is not enough to let them in.</summary>
/// <param name="why">Why not.</param>
/// <param name="cause">What broke; null for nothing.</param>
internal sealed class GoogleRefusalException(string why, Exception? cause = null) : AuthenticationFailureException(why, cause);
