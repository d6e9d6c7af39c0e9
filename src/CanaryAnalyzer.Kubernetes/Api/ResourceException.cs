using System.Net;

namespace CanaryAnalyzer.Kubernetes.Api;

/// <summary>
/// The API server refused a request, couldn't be reached or answered nonsense. Ask the properties what it was; the message is for people only.
/// </summary>
public sealed class ResourceException : Exception
{
    /// <summary>The <see cref="Reason"/> when no answer came at all.</summary>
    public const string Unreachable = "Unreachable";

    /// <summary>The <see cref="Reason"/> when no answer came in time.</summary>
    public const string NoAnswerInTime = "NoAnswerInTime";

    /// <summary>The <see cref="Reason"/> when the answer was cut or isn't what the API promises.</summary>
    public const string BrokenAnswer = "BrokenAnswer";

    /// <summary>Makes one.</summary>
    /// <param name="status">The HTTP status; null if there was no answer.</param>
    /// <param name="reason">The API's reason, such as <c>AlreadyExists</c>, or one of the constants here.</param>
    /// <param name="message">What went wrong, for people.</param>
    /// <param name="retryAfter">How long the server asked to wait.</param>
    /// <param name="cause">What it comes from.</param>
    public ResourceException(HttpStatusCode? status, string reason, string message, TimeSpan? retryAfter = null, Exception? cause = null)
        : base(message, cause)
    {
        Status = status;
        Reason = reason;
        RetryAfter = retryAfter;
    }

    /// <summary>The HTTP status; null if there was no usable answer.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>The API's machine-readable reason (<c>Conflict</c>, <c>NotFound</c>, …), or one of the constants here.</summary>
    public string Reason { get; }

    /// <summary>How long the server asked to wait before the next try.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>The object or the kind doesn't exist.</summary>
    public bool IsNotFound => Status == HttpStatusCode.NotFound;

    /// <summary>The object is another version than the one that the change was made for: read again.</summary>
    public bool IsConflict => Status == HttpStatusCode.Conflict && Reason != "AlreadyExists";

    /// <summary>An object of that name exists.</summary>
    public bool IsAlreadyExists => Status == HttpStatusCode.Conflict && Reason == "AlreadyExists";

    /// <summary>The version asked for is too old: list again.</summary>
    public bool IsGone => Status == HttpStatusCode.Gone;

    /// <summary>Not logged in.</summary>
    public bool IsUnauthorized => Status == HttpStatusCode.Unauthorized;

    /// <summary>Logged in, but not allowed.</summary>
    public bool IsForbidden => Status == HttpStatusCode.Forbidden;

    /// <summary>The object doesn't pass validation, or a patch doesn't fit it.</summary>
    public bool IsInvalid => Status is HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest;

    /// <summary>The server has too much to do.</summary>
    public bool IsTooManyRequests => Status == HttpStatusCode.TooManyRequests;

    /// <summary>No connection, or no answer in time.</summary>
    public bool IsUnreachable => Reason is Unreachable or NoAnswerInTime;
}
