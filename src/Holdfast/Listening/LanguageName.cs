using System.Globalization;

namespace Holdfast.Listening;

/// <summary>A language as the reader calls it: <c>pl</c> is Polish, or polski.</summary>
internal static class LanguageName
{
    public static string Of(string code, string unknown)
    {
        if (code is "und" or "")
            return unknown;
        try
        {
            // The runtime translates these names where its data has them, else gives the language's own.
            return CultureInfo.GetCultureInfo(code, predefinedOnly: true).DisplayName;
        }
        catch (CultureNotFoundException)
        {
            return code;
        }
    }
}
