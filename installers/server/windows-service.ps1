# The server or hub on Windows, started before anybody signs in. Unpack the archive into
# C:\Program Files\PerpusDesk Server (where only administrators write), then there, as administrator:
#   powershell -ExecutionPolicy Bypass -File windows-service.ps1 -Options "serve ..."
# A hub joins its city by the options --upstream and --upstream-code. A city's server is set up first:
#   .\perpusdesk-server.exe --data C:\ProgramData\PerpusDesk\server init --library NAME --address URL
# A Python program does not answer the service manager by itself; the task scheduler starts it as
# reliably, needs nothing installed, and starts it again when it ended.
param(
    [string]$Program = "$PSScriptRoot\perpusdesk-server.exe",
    [string]$Data = "$env:ProgramData\PerpusDesk\server",
    [string]$Options = "serve --host 0.0.0.0 --port 8443 --tls-self-signed",
    [switch]$Remove
)
$ErrorActionPreference = "Stop"
$name = "PerpusDesk server"

if ($Remove) {
    Unregister-ScheduledTask -TaskName $name -Confirm:$false
    Remove-NetFirewallRule -DisplayName $name -ErrorAction SilentlyContinue
    exit 0
}

New-Item -ItemType Directory -Force -Path $Data | Out-Null
# The library and its secrets are for the service and for administrators alone.
$parent = Split-Path $Data
icacls $parent /inheritance:r /grant "*S-1-5-19:(OI)(CI)F" /grant "*S-1-5-32-544:(OI)(CI)F" | Out-Null

$action = New-ScheduledTaskAction -Execute $Program -Argument "--data `"$Data`" $Options"
$trigger = New-ScheduledTaskTrigger -AtStartup
$settings = New-ScheduledTaskSettingsSet -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1) `
    -ExecutionTimeLimit ([TimeSpan]::Zero) -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries
$who = New-ScheduledTaskPrincipal -UserId "NT AUTHORITY\LOCAL SERVICE" -LogonType ServiceAccount
Register-ScheduledTask -TaskName $name -Action $action -Trigger $trigger -Settings $settings `
    -Principal $who -Force | Out-Null

$port = if ($Options -match "--port\s+(\d+)") { $Matches[1] } else { "8040" }
if (-not (Get-NetFirewallRule -DisplayName $name -ErrorAction SilentlyContinue)) {
    New-NetFirewallRule -DisplayName $name -Direction Inbound -Protocol TCP -LocalPort $port `
        -Action Allow -Profile Domain,Private | Out-Null
}
Start-ScheduledTask -TaskName $name
