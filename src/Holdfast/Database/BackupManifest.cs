namespace Holdfast.Database;

/// <summary>What a backup says about itself; last in the file, so that a file that was cut short has none.</summary>
/// <param name="Schema">Number of the newest script that was applied.</param>
/// <param name="Key">Fingerprint of the key that opens what is sealed in it.</param>
/// <param name="Sha256">Of the dump, in hexadecimal.</param>
internal sealed record BackupManifest(
    string Format, string Version, int Schema, DateTimeOffset MadeAt, string Key, string Sha256, IReadOnlyList<TableCount> Tables)
{
    public const string ThisFormat = "holdfast-backup-1";
    public const string Entry = "manifest.json";
    public const string DumpEntry = "database.dump";
}

/// <summary>Rows of one table and a sum over them that does not depend on their order.</summary>
internal sealed record TableCount(string Name, long Rows, string Checksum);
